package com.claudemesh.ws.framing;

/** How much a client may send in one message. */
@FunctionalInterface
public interface MessageAllowance {
    /** From the next frame on, a message may have that many bytes. Safe for any thread. */
    void allowMessageBytes(long maxBytes);
}
