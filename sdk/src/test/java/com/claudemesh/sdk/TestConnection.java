package com.claudemesh.sdk;

import com.claudemesh.protocol.frame.Ack;
import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.ServerFrame;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The server's end of one WebSocket (RFC 6455). A test reads the client's frames from it and answers them. */
final class TestConnection {
    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> pings = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> closes = new LinkedBlockingQueue<>();
    private volatile boolean mute;
    private JsonNode hello;

    TestConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    boolean upgrade() {
        try {
            String key = null;
            for (String line = line(); !line.isEmpty(); line = line()) {
                if (line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-key:")) {
                    key = line.substring(line.indexOf(':') + 1).strip();
                }
            }
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n";
            out.write(answer.getBytes(StandardCharsets.US_ASCII));
            return true;
        } catch (IOException gone) {
            return false;
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.readByte(); next != '\n'; next = in.readByte()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }

    void read() {
        try {
            while (true) {
                int opcode = in.readUnsignedByte() & 0x0f;
                byte[] payload = payload();
                switch (opcode) {
                    case TEXT -> frames.add(Json.mapper().readTree(payload));
                    case PING -> pinged(payload);
                    case CLOSE -> {
                        closes.add(payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | payload[1] & 0xff);
                        write(CLOSE, true, payload);
                    }
                    case PONG -> {}
                    default -> throw new IOException("unexpected opcode " + opcode);
                }
            }
        } catch (IOException gone) {
            closes.add(Wire.BROKEN);
        }
    }

    private byte[] payload() throws IOException {
        int length = in.readUnsignedByte() & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }

    private void pinged(byte[] payload) throws IOException {
        pings.add(payload.length);
        if (!mute) {
            write(PONG, true, payload);
        }
    }

    private synchronized void write(int opcode, boolean last, byte[] payload) throws IOException {
        out.write((last ? 0x80 : 0) | opcode);
        if (payload.length < 126) {
            out.write(payload.length);
        } else if (payload.length < 65_536) {
            out.write(126);
            out.writeShort(payload.length);
        } else {
            out.write(127);
            out.writeLong(payload.length);
        }
        out.write(payload);
        out.flush();
    }

    /** Answers no more pings. */
    void mute() {
        mute = true;
    }

    boolean isPinged() throws InterruptedException {
        return pings.poll(TestBroker.PATIENCE_SECONDS, TimeUnit.SECONDS) != null;
    }

    /** The next frame of the client. */
    JsonNode next() throws InterruptedException {
        JsonNode frame = frames.poll(TestBroker.PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("no frame came");
        }
        return frame;
    }

    JsonNode next(String type) throws InterruptedException {
        JsonNode frame = next();
        if (!frame.path("type").asText().equals(type)) {
            throw new AssertionError("expected " + type + ", got " + frame);
        }
        return frame;
    }

    /** Whether a frame comes within a while. */
    boolean hasNext(long withinMillis) throws InterruptedException {
        return frames.poll(withinMillis, TimeUnit.MILLISECONDS) != null;
    }

    /** The code of the client's close frame, or 1006 when there was none. */
    int closeCode() throws InterruptedException {
        Integer code = closes.poll(TestBroker.PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (code == null) {
            throw new AssertionError("the client did not close");
        }
        return code;
    }

    JsonNode hello() throws InterruptedException {
        if (hello == null) {
            hello = next("hello");
        }
        return hello;
    }

    void welcome() throws InterruptedException {
        hello();
        send(new HelloAck("presence", "member", null, null, 1, null, null, null, null, null, List.of()));
    }

    void send(ServerFrame frame) {
        sendText(FrameCodec.encode(frame));
    }

    void send(ServerFrame frame, String requestId) {
        sendText(FrameCodec.encode(frame, requestId));
    }

    /** Acknowledges a send. */
    void store(JsonNode send, String messageId) {
        send(Ack.stored(send.path("id").asText(), messageId, null));
    }

    void sendText(String text) {
        sendPieces(text);
    }

    /** Sends one text in several WebSocket frames. */
    void sendPieces(String... pieces) {
        try {
            for (int i = 0; i < pieces.length; i++) {
                byte[] payload = pieces[i].getBytes(StandardCharsets.UTF_8);
                write(i == 0 ? TEXT : CONTINUATION, i == pieces.length - 1, payload);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[2 + text.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, text.length);
        try {
            write(CLOSE, true, payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Breaks the connection without a word. */
    void drop() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
