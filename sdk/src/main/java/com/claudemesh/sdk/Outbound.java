package com.claudemesh.sdk;

import java.util.concurrent.CompletableFuture;

/** Something that waits to be written. The mutable parts belong to {@link Outgoing}'s lock. */
abstract sealed class Outbound {
    final String text;
    /** No longer to be written: answered, timed out or failed meanwhile. */
    boolean settled;

    private Outbound(String text) {
        this.text = text;
    }

    /** A send, which is written again on the next connection until it is answered. */
    static final class Message extends Outbound {
        final String id;
        final CompletableFuture<Receipt> receipt = new CompletableFuture<>();
        long deadlineNanos;
        boolean inFlight;

        Message(String id, String text) {
            super(text);
            this.id = id;
        }
    }

    /** Any other frame, which is written once. An empty text marks a place in the queue and is not written. */
    static final class Once extends Outbound {
        final CompletableFuture<Void> written = new CompletableFuture<>();
        /** Told when the frame is given to the socket: from then on the server may have it. */
        Runnable onTaken = () -> {};

        Once(String text) {
            super(text);
        }
    }
}
