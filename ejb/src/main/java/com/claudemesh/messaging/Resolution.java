package com.claudemesh.messaging;

import java.util.List;

/** Whom a target means. */
public sealed interface Resolution {

    /** @param reach how soon the recipients can be handed the message */
    record Known(List<Recipient> recipients, Reach reach) implements Resolution {}

    /**
     * Nobody.
     *
     * @param reason label of the counter
     * @param text what the sender reads
     */
    record Refused(String reason, String text) implements Resolution {}

    /** How soon a message can be handed over, at the best. */
    enum Reach {
        /** Somebody of the recipients is connected and takes it. */
        NOW,
        /** Somebody is connected, but busy. */
        HELD,
        /** Nobody is connected. */
        OFFLINE
    }
}
