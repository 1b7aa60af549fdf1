package com.claudemesh.protocol.crypto.token;

import com.claudemesh.protocol.crypto.primitive.Bytes;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** JSON Web Tokens (RFC 7519) with HMAC-SHA-256 and nothing else; the key is the UTF-8 text of a shared secret. */
public final class JwtHs256 {

    private static final String ALGORITHM = "HS256";
    private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    private static final int MAX_TOKEN_CHARS = 64 * 1024;

    private JwtHs256() {}

    /** What checking form, signature and algorithm came to, in that order. */
    public sealed interface Result {

        /** Signed with the secret; the claims are a JSON object and still have to be checked. */
        record Signed(JsonNode claims) implements Result {}

        /** Not three parts, or a part that is no JSON object in unpadded URL Base64. */
        record Malformed() implements Result {}

        record InvalidSignature() implements Result {}

        /** Signed with the secret, but the header names another algorithm. */
        record UnsupportedAlgorithm(String algorithm) implements Result {}
    }

    /**
     * Makes a token.
     *
     * @param claimsJson compact JSON, taken byte for byte
     * @param secret not empty
     */
    public static String issue(String claimsJson, String secret) {
        String signedPart = HEADER + "." + encode(claimsJson);
        return signedPart + "." + signature(signedPart, secret);
    }

    /** Checks a token against a secret that is not empty. */
    public static Result verify(String token, String secret) {
        String[] parts = token.length() > MAX_TOKEN_CHARS ? new String[0] : token.split("\\.", -1);
        if (parts.length != 3) {
            return new Result.Malformed();
        }
        byte[] expected = utf8(signature(parts[0] + "." + parts[1], secret));
        if (!Bytes.equal(expected, utf8(parts[2]))) {
            return new Result.InvalidSignature();
        }
        Optional<JsonNode> header = decode(parts[0]);
        if (header.isEmpty()) {
            return new Result.Malformed();
        }
        String algorithm = header.get().path("alg").asText();
        if (!algorithm.equals(ALGORITHM)) {
            return new Result.UnsupportedAlgorithm(algorithm);
        }
        return decode(parts[1]).<Result>map(Result.Signed::new).orElseGet(Result.Malformed::new);
    }

    /** The claims without any check of their origin, for clients that hold no secret; empty if malformed. */
    public static Optional<JsonNode> readUnverified(String token) {
        String[] parts = token.length() > MAX_TOKEN_CHARS ? new String[0] : token.split("\\.", -1);
        return parts.length == 3 ? decode(parts[1]) : Optional.empty();
    }

    private static Optional<JsonNode> decode(String part) {
        try {
            return JsonReader.read(Base64Text.decodeUrl(part)).filter(JsonNode::isObject);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static String signature(String signedPart, String secret) {
        return Base64Text.encodeUrl(Digests.hmacSha256(
                secret.getBytes(StandardCharsets.UTF_8), signedPart.getBytes(StandardCharsets.UTF_8)));
    }

    private static String encode(String json) {
        return Base64Text.encodeUrl(json.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
