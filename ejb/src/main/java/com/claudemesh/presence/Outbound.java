package com.claudemesh.presence;

/**
 * One encoded frame on its way to a socket. The text may be shared by many recipients.
 *
 * @param written called once, from an arbitrary thread, with true after the frame was handed to the network and false
 *     when it never will be; must not block
 */
public record Outbound(String text, Completion written) {

    /** Learns whether a frame was written. */
    @FunctionalInterface
    public interface Completion {
        void done(boolean written);
    }

    /** A frame whose fate nobody waits for. */
    public static Outbound of(String text) {
        return new Outbound(text, written -> {});
    }

    public int chars() {
        return text.length();
    }
}
