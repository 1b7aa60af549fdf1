package com.claudemesh.systemtests.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A client that says hello over a bare socket and then never reads another byte: its receive window closes and the
 * server's writes stall.
 */
public final class SilentReader implements AutoCloseable {
    private final Socket socket = new Socket();

    private SilentReader() {}

    public static SilentReader connect(Server server, TestMember member) throws IOException {
        SilentReader reader = new SilentReader();
        reader.socket.setReceiveBufferSize(4_096);
        reader.socket.connect(
                new InetSocketAddress("127.0.0.1", server.httpBase().getPort()));
        reader.upgrade(server.httpBase().getAuthority());
        var hello = member.hello();
        hello.putArray("capabilities").add("client_ack");
        reader.sendMasked(hello.toString());
        reader.readHelloAck();
        return reader;
    }

    private void upgrade(String host) throws IOException {
        byte[] key = new byte[16];
        new SecureRandom().nextBytes(key);
        String request = "GET /ws HTTP/1.1\r\nHost: " + host
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                + Base64.getEncoder().encodeToString(key) + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("no upgrade: " + answer);
            }
            answer.append((char) next);
        }
    }

    /** One masked text frame (RFC 6455 §5.2) with an all-zero mask and a 16-bit length. */
    private void sendMasked(String text) throws IOException {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        OutputStream out = socket.getOutputStream();
        out.write(0x81);
        out.write(0x80 | 126);
        out.write(payload.length >> 8);
        out.write(payload.length & 0xff);
        out.write(new byte[4]);
        out.write(payload);
        out.flush();
    }

    private void readHelloAck() throws IOException {
        InputStream in = socket.getInputStream();
        in.read();
        int length = in.read() & 0x7f;
        if (length == 126) {
            length = in.read() << 8 | in.read();
        }
        String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        if (!text.contains("hello_ack")) {
            throw new IOException("expected hello_ack, got " + text);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
