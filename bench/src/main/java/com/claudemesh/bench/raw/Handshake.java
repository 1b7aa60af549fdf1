package com.claudemesh.bench.raw;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

/** The opening handshake of RFC 6455 §4, client side. */
final class Handshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final byte[] END = {'\r', '\n', '\r', '\n'};
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] request;
    private final String expectedAccept;

    Handshake(InetSocketAddress address, String path) {
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        String key = Base64.getEncoder().encodeToString(nonce);
        expectedAccept = accept(key);
        request = ("GET " + path + " HTTP/1.1\r\nHost: " + address.getHostString() + ":" + address.getPort()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: " + key + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    byte[] request() {
        return request;
    }

    /**
     * True once the whole answer is there, which is then taken out of the reader.
     *
     * @throws IOException when the server does not switch to WebSocket
     */
    boolean isComplete(FrameReader reader) throws IOException {
        int end = Bytes.indexOf(reader.bytes(), reader.start(), reader.end(), END);
        if (end < 0) {
            return false;
        }
        String answer = new String(reader.bytes(), reader.start(), end - reader.start(), StandardCharsets.ISO_8859_1);
        String[] lines = answer.split("\r\n");
        if (!lines[0].startsWith("HTTP/1.1 101")) {
            throw new IOException("the server answered the WebSocket handshake with: " + lines[0]);
        }
        for (String line : lines) {
            if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-accept:")
                    && line.substring(line.indexOf(':') + 1).strip().equals(expectedAccept)) {
                reader.skip(end + END.length - reader.start());
                return true;
            }
        }
        throw new IOException("the server's Sec-WebSocket-Accept is missing or wrong");
    }

    static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
