package com.claudemesh.cli.setup;

import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * Just enough of a server, on a loopback port, for a verb to run against while the class archive is made. Speaks RFC
 * 6455 without fragments and answers every frame as a server would that has nobody else connected.
 */
final class RehearsalBroker implements AutoCloseable {
    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String KEY_HEADER = "sec-websocket-key:";
    private static final int OPCODE_TEXT = 1;
    private static final int OPCODE_CLOSE = 8;
    private static final int MAX_FRAME_BYTES = 64 * 1024;

    private final ServerSocket listener;

    RehearsalBroker() throws IOException {
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(this::accept, "rehearsal-broker");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    String url() {
        return "ws://127.0.0.1:" + listener.getLocalPort() + "/ws";
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                serve(new DataInputStream(socket.getInputStream()), socket.getOutputStream());
            } catch (IOException hungUp) {
                // The verb on the other side reports it; the rehearsal has no more to say.
                continue;
            }
        }
    }

    private static void serve(DataInputStream in, OutputStream out) throws IOException {
        upgrade(in, out);
        Optional<String> frame = read(in);
        while (frame.isPresent()) {
            for (ObjectNode answer : answers(JsonReader.read(frame.get()).orElseThrow())) {
                write(out, OPCODE_TEXT, answer.toString().getBytes(StandardCharsets.UTF_8));
            }
            frame = read(in);
        }
        write(out, OPCODE_CLOSE, new byte[] {0x03, (byte) 0xe8});
    }

    private static ObjectNode[] answers(JsonNode frame) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        switch (frame.path("type").asText()) {
            case "hello" -> welcome(answer);
            case "list_peers" -> {
                answer.put("type", "peers_list");
                answer.putArray("peers").add(peer());
            }
            case "send" ->
                answer.put("type", "ack")
                        .put("id", frame.path("id").asText())
                        .put("messageId", "rehearsal")
                        .put("queued", true);
            default -> {
                return new ObjectNode[0];
            }
        }
        if (frame.hasNonNull("_reqId")) {
            answer.set("_reqId", frame.get("_reqId"));
        }
        return new ObjectNode[] {answer};
    }

    private static void welcome(ObjectNode answer) {
        answer.put("type", "hello_ack").put("presenceId", "p").put("memberDisplayName", "m");
        answer.putObject("memberProfile")
                .putNull("roleTag")
                .put("messageMode", "push")
                .putArray("groups");
        ObjectNode editable = answer.putObject("meshPolicy").putObject("selfEditable");
        for (String field : new String[] {"displayName", "roleTag", "groups", "messageMode"}) {
            editable.put(field, true);
        }
    }

    static ObjectNode peer() {
        ObjectNode peer = JsonNodeFactory.instance.objectNode();
        for (String key : new String[] {"pubkey", "memberPubkey"}) {
            peer.put(key, "0".repeat(64));
        }
        peer.put("displayName", "somebody").put("status", "idle").putNull("summary");
        peer.putArray("groups").addObject().put("name", "group");
        return peer.put("sessionId", "s")
                .put("connectedAt", "2026-01-01T00:00:00Z")
                .put("cwd", "/");
    }

    private static void upgrade(DataInputStream in, OutputStream out) throws IOException {
        String key = "";
        String line = readLine(in);
        while (!line.isEmpty()) {
            if (line.regionMatches(true, 0, KEY_HEADER, 0, KEY_HEADER.length())) {
                key = line.substring(KEY_HEADER.length()).strip();
            }
            line = readLine(in);
        }
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accepted(key) + "\r\n\r\n";
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String accepted(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-1", impossible);
        }
    }

    private static String readLine(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.readByte();
        while (next != '\n' && line.length() < MAX_FRAME_BYTES) {
            line.append((char) next);
            next = in.readByte();
        }
        return line.toString().strip();
    }

    /** The next text, or empty when the client leaves. */
    private static Optional<String> read(DataInputStream in) throws IOException {
        while (true) {
            int opcode = in.readUnsignedByte() & 0x0f;
            int length = in.readUnsignedByte() & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            }
            if (length > MAX_FRAME_BYTES || opcode == OPCODE_CLOSE) {
                return Optional.empty();
            }
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i % mask.length];
            }
            if (opcode == OPCODE_TEXT) {
                return Optional.of(new String(payload, StandardCharsets.UTF_8));
            }
        }
    }

    private static void write(OutputStream out, int opcode, byte[] payload) throws IOException {
        out.write(0x80 | opcode);
        if (payload.length < 126) {
            out.write(payload.length);
        } else {
            out.write(126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        }
        out.write(payload);
        out.flush();
    }
}
