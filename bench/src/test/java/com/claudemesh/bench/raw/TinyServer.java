package com.claudemesh.bench.raw;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** A WebSocket server for one connection, written against RFC 6455 alone: answers every frame as it is told to. */
final class TinyServer implements AutoCloseable {

    /** A frame as it came, unmasked. */
    record Frame(int opcode, boolean masked, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    private final ServerSocket listener;
    private final Function<Frame, byte[]> answers;
    private volatile String statusLine = "HTTP/1.1 101 Switching Protocols";

    /** @param answers the bytes to send for a frame; empty for none */
    TinyServer(Function<Frame, byte[]> answers) throws IOException {
        this.answers = answers;
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "tiny-server");
        thread.setDaemon(true);
        thread.start();
    }

    TinyServer refusing(String line) {
        statusLine = line;
        return this;
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", listener.getLocalPort());
    }

    /** A frame from the server, unmasked. */
    static byte[] frame(int opcode, byte[] payload) {
        byte[] masked = WebSocketFrame.masked(opcode, payload);
        int header = WebSocketFrame.headerBytes(payload.length);
        byte[] frame = new byte[masked.length - 4];
        System.arraycopy(masked, 0, frame, 0, header - 4);
        frame[1] &= 0x7f;
        System.arraycopy(payload, 0, frame, header - 4, payload.length);
        return frame;
    }

    static byte[] text(String text) {
        return frame(WebSocketFrame.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private void serve() {
        try (Socket socket = listener.accept()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            out.write(handshake(in).getBytes(StandardCharsets.US_ASCII));
            while (statusLine.contains("101")) {
                out.write(answers.apply(read(in)));
                out.flush();
            }
        } catch (IOException e) {
            if (!listener.isClosed() && !(e instanceof java.io.EOFException)) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private String handshake(DataInputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            request.append((char) in.readByte());
        }
        String key =
                request.substring(request.indexOf("Sec-WebSocket-Key: ") + 19).split("\r\n")[0];
        return statusLine + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + Handshake.accept(key) + "\r\n\r\n";
    }

    private static Frame read(DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        int length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        boolean masked = (second & 0x80) != 0;
        byte[] mask = in.readNBytes(masked ? 4 : 0);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; masked && i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return new Frame(first & 0x0f, masked, payload);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
