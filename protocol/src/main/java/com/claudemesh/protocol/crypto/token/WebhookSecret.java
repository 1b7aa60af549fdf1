package com.claudemesh.protocol.crypto.token;

import com.claudemesh.protocol.crypto.primitive.Bytes;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.encoding.Hex;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The secret in an incoming webhook's address: two random UUIDs without dashes, 64 hexadecimal digits. */
public final class WebhookSecret {

    private static final String SIGNATURE_SCHEME = "sha256=";

    private WebhookSecret() {}

    /** A new secret with 244 random bits. */
    public static String generate() {
        return of(UUID.randomUUID(), UUID.randomUUID());
    }

    /** The address to post to. */
    public static String url(String baseUrl, String meshId, String secret) {
        String base = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
        return base + "/hook/" + meshId + "/" + secret;
    }

    /** What the server stores instead of the secret: 64 lowercase hexadecimal digits of SHA-256. */
    public static String hash(String secret) {
        return Digests.sha256Hex(secret);
    }

    /** The value of {@code X-Claudemesh-Signature} for a body: {@code sha256=} and HMAC-SHA-256 in hexadecimal. */
    public static String sign(String secret, byte[] body) {
        return SIGNATURE_SCHEME + Hex.encode(Digests.hmacSha256(secret.getBytes(StandardCharsets.UTF_8), body));
    }

    /** Compares a presented signature header in constant time. */
    public static boolean isSignature(String header, String secret, byte[] body) {
        return Bytes.equal(
                sign(secret, body).getBytes(StandardCharsets.UTF_8), header.getBytes(StandardCharsets.UTF_8));
    }

    static String of(UUID first, UUID second) {
        return (first.toString() + second).replace("-", "");
    }
}
