package com.claudemesh.cli.net;

import com.claudemesh.protocol.crypto.primitive.RandomBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/** The HTTP exchange that turns a connection into a WebSocket (RFC 6455, section 4.1). */
final class WebSocketHandshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;
    private static final int MAX_HEAD_BYTES = 16 * 1024;

    private WebSocketHandshake() {}

    /** @throws IOException when the answer is anything but a switch to the WebSocket protocol */
    static void perform(URI address, InputStream in, OutputStream out) throws IOException {
        String key = Base64.getEncoder().encodeToString(RandomBytes.of(KEY_BYTES));
        out.write(request(address, key).getBytes(StandardCharsets.US_ASCII));
        out.flush();
        check(readHead(in), key);
    }

    private static String request(URI address, String key) {
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return "GET " + path + query + " HTTP/1.1\r\nHost: " + address.getHost() + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + key
                + "\r\nSec-WebSocket-Version: 13\r\n\r\n";
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new ProtocolException("the connection was closed instead of an answer");
            }
            if (head.length() == MAX_HEAD_BYTES) {
                throw new ProtocolException("the answer's head is endless");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void check(String head, String key) throws ProtocolException {
        String[] lines = head.split("\r\n");
        String[] status = lines[0].split(" ", 3);
        if (status.length < 2 || !status[0].equals("HTTP/1.1") || !status[1].equals("101")) {
            throw new ProtocolException("no WebSocket: " + lines[0]);
        }
        if (!header(lines, "upgrade").equalsIgnoreCase("websocket")
                || !header(lines, "connection").toLowerCase(Locale.ROOT).contains("upgrade")
                || !header(lines, "sec-websocket-accept").equals(accepted(key))
                || !header(lines, "sec-websocket-extensions").isEmpty()
                || !header(lines, "sec-websocket-protocol").isEmpty()) {
            throw new ProtocolException("no WebSocket: the answer's headers are wrong");
        }
    }

    private static String header(String[] lines, String name) {
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0 && lines[i].substring(0, colon).equalsIgnoreCase(name)) {
                return lines[i].substring(colon + 1).strip();
            }
        }
        return "";
    }

    /** What a server that has read the key answers. Not a security measure, hence the old digest. */
    static String accepted(String key) {
        byte[] input = (key + GUID).getBytes(StandardCharsets.US_ASCII);
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(input));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-1", impossible);
        }
    }
}
