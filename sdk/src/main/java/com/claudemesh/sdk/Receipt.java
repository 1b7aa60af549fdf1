package com.claudemesh.sdk;

import org.jspecify.annotations.Nullable;

/** What the server said about a send. */
public sealed interface Receipt {

    /**
     * The message is on the server's disk.
     *
     * @param recipient {@code offline} when nobody of the target is connected now; null when the server did not say
     */
    record Stored(String messageId, @Nullable String recipient) implements Receipt {
        public boolean recipientOffline() {
            return "offline".equals(recipient);
        }
    }

    /** Nothing was stored; the text says why. */
    record Refused(String error) implements Receipt {}
}
