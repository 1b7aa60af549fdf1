package com.claudemesh.cli.net;

import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.crypto.primitive.RandomBytes;
import com.claudemesh.protocol.encoding.Utf8Text;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A client's WebSocket for one thread (RFC 6455): text messages, no extensions. Java's own client is made for many
 * connections; to load it costs a command that sends one message more than everything else together.
 */
final class BlockingWebSocket implements AutoCloseable {
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int MAX_CONTROL_BYTES = 125;
    private static final int LENGTH_OF_2_BYTES = 126;
    private static final int LENGTH_OF_8_BYTES = 127;
    private static final int NORMAL = 1000;
    private static final int NO_CODE = 1005;
    private static final int PLAIN_PORT = 80;
    private static final int ENCRYPTED_PORT = 443;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** What comes from the server. */
    sealed interface Incoming {
        record Text(String text) implements Incoming {}

        /** @param code of RFC 6455 section 7.4; 1005 when the server gave none */
        record Closed(int code, String reason) implements Incoming {}
    }

    private BlockingWebSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = socket.getOutputStream();
    }

    /**
     * Connects, with encryption and a check of the server's name for {@code wss}.
     *
     * @throws IllegalArgumentException when the text is no {@code ws} or {@code wss} address
     * @throws IOException when there is no WebSocket in time
     */
    static BlockingWebSocket open(String address, Duration timeout) throws IOException {
        URI uri = URI.create(address);
        boolean encrypted = "wss".equalsIgnoreCase(uri.getScheme());
        if (!encrypted && !"ws".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("no WebSocket address: " + address);
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : encrypted ? ENCRYPTED_PORT : PLAIN_PORT;
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(uri.getHost(), port), millis(timeout));
            socket.setSoTimeout(millis(timeout));
            BlockingWebSocket made = new BlockingWebSocket(encrypted ? encrypt(socket, uri.getHost(), port) : socket);
            WebSocketHandshake.perform(uri, made.in, made.out);
            return made;
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }

    private static Socket encrypt(Socket plain, String host, int port) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    void send(String text) throws IOException {
        write(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The next message, or the end. Answers pings meanwhile.
     *
     * @throws SocketTimeoutException when nothing comes in time
     * @throws IOException when the connection broke, or the server broke the protocol
     */
    Incoming next(Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        boolean begun = false;
        while (true) {
            Frame frame = read(deadline, message.size());
            switch (frame.opcode()) {
                case PING -> write(PONG, frame.payload());
                case PONG -> {}
                case CLOSE -> {
                    return closed(frame.payload());
                }
                case TEXT, BINARY, CONTINUATION -> {
                    if (begun == (frame.opcode() != CONTINUATION)) {
                        throw new ProtocolException("parts of messages are mixed up");
                    }
                    begun = true;
                    message.writeBytes(frame.payload());
                    if (frame.last()) {
                        return new Incoming.Text(Utf8Text.decode(message.toByteArray())
                                .orElseThrow(() -> new ProtocolException("a message is not UTF-8")));
                    }
                }
                default -> throw new ProtocolException("unknown opcode " + frame.opcode());
            }
        }
    }

    /** Says goodbye and hangs up without waiting for the answer. */
    @Override
    public void close() throws IOException {
        try (socket) {
            write(CLOSE, ByteBuffer.allocate(2).putShort((short) NORMAL).array());
        }
    }

    private record Frame(boolean last, int opcode, byte[] payload) {}

    private Frame read(long deadline, int messageBytes) throws IOException {
        socket.setSoTimeout(left(deadline));
        int first = in.readUnsignedByte();
        socket.setSoTimeout(left(deadline));
        int second = in.readUnsignedByte();
        boolean last = (first & FINAL) != 0;
        int opcode = first & 0x0f;
        if ((first & 0x70) != 0 || (second & MASKED) != 0) {
            throw new ProtocolException("reserved bits or a mask in a frame of the server");
        }
        long length = length(second);
        if (opcode >= CLOSE && (!last || length > MAX_CONTROL_BYTES)) {
            throw new ProtocolException("an oversized or divided control frame");
        }
        if (length < 0 || length + messageBytes > Limits.MAX_FRAME_BYTES) {
            throw new ProtocolException("a message of more than " + Limits.MAX_FRAME_BYTES + " bytes");
        }
        return new Frame(last, opcode, payload((int) length, deadline));
    }

    private long length(int second) throws IOException {
        return switch (second) {
            case LENGTH_OF_2_BYTES -> in.readUnsignedShort();
            case LENGTH_OF_8_BYTES -> in.readLong();
            default -> second;
        };
    }

    private byte[] payload(int length, long deadline) throws IOException {
        byte[] payload = new byte[length];
        int have = 0;
        while (have < length) {
            socket.setSoTimeout(left(deadline));
            int read = in.read(payload, have, length - have);
            if (read < 0) {
                throw new ProtocolException("the connection ended within a message");
            }
            have += read;
        }
        return payload;
    }

    private static Incoming closed(byte[] payload) {
        if (payload.length < 2) {
            return new Incoming.Closed(NO_CODE, "");
        }
        int code = ByteBuffer.wrap(payload).getShort() & 0xffff;
        return new Incoming.Closed(code, new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8));
    }

    private void write(int opcode, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) (FINAL | opcode));
        if (payload.length < LENGTH_OF_2_BYTES) {
            frame.put((byte) (MASKED | payload.length));
        } else if (payload.length <= 0xffff) {
            frame.put((byte) (MASKED | LENGTH_OF_2_BYTES)).putShort((short) payload.length);
        } else {
            frame.put((byte) (MASKED | LENGTH_OF_8_BYTES)).putLong(payload.length);
        }
        byte[] mask = RandomBytes.of(4);
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i % mask.length]));
        }
        out.write(frame.array(), 0, frame.position());
        out.flush();
    }

    private static int left(long deadline) throws SocketTimeoutException {
        long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (millis <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    private static int millis(Duration timeout) {
        return (int) Math.max(1, Math.min(timeout.toMillis(), Integer.MAX_VALUE));
    }
}
