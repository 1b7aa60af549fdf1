package com.claudemesh.messaging;

import com.claudemesh.audit.PreparedEvent;
import java.util.List;

/**
 * A message on its way into the journal.
 *
 * @param copies who gets it, and whether this node hands the copy out as soon as it is stored
 * @param event for the record: that it was sent
 * @param outcome called once, on the journal thread
 */
record Submission(Message message, List<Copy> copies, PreparedEvent event, long submittedNanos, Outcome outcome) {

    /** Whether the claimed copies are kept in one row together, see {@link Fanouts}. */
    boolean isFanout() {
        return message.targetKind().multicast()
                && copies.stream().filter(Copy::claimed).count() >= Fanouts.MIN_RECIPIENTS;
    }

    /** @param mailbox where the copy was reserved */
    record Copy(Recipient recipient, Mailbox mailbox, boolean claimed) {}

    /** Learns what became of the submission. */
    interface Outcome {
        /** The message is on disk under {@code seq}. */
        void stored(long seq);

        /** The same member sent this client message id before: nothing new was stored. */
        void duplicate(String firstMessageId, boolean sameRequest);

        /** Nothing was stored, or nobody can tell. */
        void failed(String reason);
    }
}
