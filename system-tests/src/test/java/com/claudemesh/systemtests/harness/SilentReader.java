package com.claudemesh.systemtests.harness;

import java.io.IOException;

/**
 * A client that says hello over a bare socket and then never reads another byte: its receive window closes and the
 * server's writes stall.
 */
public final class SilentReader implements AutoCloseable {
    private static final int RECEIVE_BUFFER_BYTES = 4_096;

    private final ByteSocket socket;

    private SilentReader(ByteSocket socket) {
        this.socket = socket;
    }

    public static SilentReader connect(Server server, TestMember member) throws IOException {
        SilentReader reader = new SilentReader(ByteSocket.open(server, RECEIVE_BUFFER_BYTES));
        var hello = member.hello();
        hello.putArray("capabilities").add("client_ack");
        reader.socket.sendText(hello.toString());
        String answer = reader.socket.awaitText();
        if (!answer.contains("hello_ack")) {
            throw new IOException("expected hello_ack, got " + answer);
        }
        return reader;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
