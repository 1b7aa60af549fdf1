package com.claudemesh.protocol.frame;

/** Texts that a client may announce in the hello's {@code capabilities}. Unknown ones are ignored. */
public final class Capability {
    /** The client confirms each message with {@code client_ack}; an unconfirmed message is handed out again. */
    public static final String CLIENT_ACK = "client_ack";
    /** The client wants to know more about deliveries: {@code recipient} in acknowledgements, live receipts. */
    public static final String RECEIPTS = "receipts";
    /** A one-shot command: it is never handed messages, and its coming and going is not announced. */
    public static final String NO_PUSH = "no_push";

    private Capability() {}
}
