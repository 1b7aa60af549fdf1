package com.claudemesh.systemtests.harness;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A client that has opened a WebSocket and then sends whatever bytes it likes. Waits ten seconds at most. */
public final class ByteSocket implements AutoCloseable {
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final DataInputStream in;

    private ByteSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    public static ByteSocket open(Server server) throws IOException {
        return open(server, new Socket());
    }

    /** @param receiveBufferBytes how much the kernel takes in for a client that does not read */
    static ByteSocket open(Server server, int receiveBufferBytes) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(receiveBufferBytes);
        return open(server, socket);
    }

    private static ByteSocket open(Server server, Socket socket) throws IOException {
        URI address = server.httpBase();
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        ByteSocket opened = new ByteSocket(socket);
        opened.send(("GET /ws HTTP/1.1\r\nHost: " + address.getAuthority()
                        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
                        + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("\r\n\r\n")) {
            answer.append((char) opened.in.readUnsignedByte());
        }
        if (!answer.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("no WebSocket: " + answer);
        }
        return opened;
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** One masked text frame with an all-zero mask; for texts of 126 to 65,535 bytes. */
    void sendText(String text) throws IOException {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        send(ByteBuffer.allocate(8 + payload.length)
                .put((byte) 0x81)
                .put((byte) (0x80 | 126))
                .putShort((short) payload.length)
                .putInt(0)
                .put(payload)
                .array());
    }

    /** The next text message. */
    public String awaitText() throws IOException {
        return new String(await(TEXT), StandardCharsets.UTF_8);
    }

    /** The code of the server's close frame. */
    public int awaitClose() throws IOException {
        return ByteBuffer.wrap(await(CLOSE)).getShort();
    }

    private byte[] await(int opcode) throws IOException {
        while (true) {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            byte[] payload = new byte[length == 126 ? in.readUnsignedShort() : length];
            in.readFully(payload);
            if ((first & 0x0f) == opcode) {
                return payload;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
