package com.claudemesh.messaging;

/**
 * A change to a stored delivery that the journal writes.
 *
 * @param seq the message; 0 when only {@code messageId} is known
 * @param done called on the journal thread after the commit
 */
record Mark(Kind kind, long seq, String messageId, String memberId, Runnable done) {
    private static final Runnable NOTHING = () -> {};

    enum Kind {
        /** Written to the socket of a client that acknowledges: still owed. */
        SENT,
        /** Written to the socket of a client that does not acknowledge: settled. */
        SENT_SETTLED,
        /** Acknowledged by the client: settled. */
        RECEIVED,
        /** Acknowledged by the client, known by message id only: settled. */
        RECEIVED_BY_ID,
        /** Not written: back to being owed by whoever claims it. */
        RELEASED
    }

    static Mark of(Kind kind, Delivery delivery) {
        return of(kind, delivery, NOTHING);
    }

    static Mark of(Kind kind, Delivery delivery, Runnable done) {
        return new Mark(
                kind,
                delivery.seq(),
                delivery.message().id(),
                delivery.recipient().memberId(),
                done);
    }

    static Mark receivedById(String messageId, String memberId) {
        return new Mark(Kind.RECEIVED_BY_ID, 0, messageId, memberId, NOTHING);
    }
}
