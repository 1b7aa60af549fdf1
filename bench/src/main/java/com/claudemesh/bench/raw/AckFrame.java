package com.claudemesh.bench.raw;

/** A {@code client_ack} frame made once and patched with the id of each message. Not safe for several threads. */
final class AckFrame {
    static final int ID_CHARS = 32;
    private static final int CLOSING_CHARS = 2;

    private final byte[] frame =
            WebSocketFrame.text("{\"type\":\"client_ack\",\"brokerMessageId\":\"" + "0".repeat(ID_CHARS) + "\"}");

    /** The frame for the message whose id begins there; the array is the same each time. */
    byte[] forMessage(byte[] push, int messageIdAt) {
        System.arraycopy(push, messageIdAt, frame, frame.length - CLOSING_CHARS - ID_CHARS, ID_CHARS);
        return frame;
    }
}
