package com.claudemesh.messaging;

import org.jspecify.annotations.Nullable;

/**
 * A change to a stored delivery that {@link MarkJournal} writes.
 *
 * @param seq the message; 0 when only {@code messageId} is known
 * @param delivery the copy, for telling its sender; null when only {@code messageId} is known
 * @param failure why; only with {@link Kind#FAILED}
 * @param done called after the commit on the thread of the journal of marks
 */
record Mark(
        Kind kind,
        long seq,
        String messageId,
        String memberId,
        @Nullable Delivery delivery,
        @Nullable FailureReason failure,
        Runnable done) {
    private static final Runnable NOTHING = () -> {};

    /** In the order in which one batch applies them. */
    enum Kind {
        /** Not written: back to being owed by whoever claims it. */
        RELEASED,
        /** Written to the socket of a client that acknowledges: still owed. */
        SENT,
        /** Written to the socket of a client that does not acknowledge: settled. */
        SENT_SETTLED,
        /** Acknowledged by the client: settled. */
        RECEIVED,
        /** Acknowledged by the client, known by message id only: settled. */
        RECEIVED_BY_ID,
        /** Will never be handed out: settled. */
        FAILED;

        /** Somebody waits for the commit. */
        boolean urgent() {
            return this == RELEASED || this == FAILED;
        }
    }

    static Mark of(Kind kind, Delivery delivery) {
        return of(kind, delivery, NOTHING);
    }

    static Mark of(Kind kind, Delivery delivery, Runnable done) {
        return of(kind, delivery, null, done);
    }

    static Mark failed(Delivery delivery, FailureReason reason) {
        return of(Kind.FAILED, delivery, reason, NOTHING);
    }

    private static Mark of(Kind kind, Delivery delivery, @Nullable FailureReason failure, Runnable done) {
        return new Mark(
                kind,
                delivery.seq(),
                delivery.message().id(),
                delivery.recipient().memberId(),
                delivery,
                failure,
                done);
    }

    static Mark receivedById(String messageId, String memberId) {
        return new Mark(Kind.RECEIVED_BY_ID, 0, messageId, memberId, null, null, NOTHING);
    }
}
