package com.claudemesh.protocol.crypto.token;

import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.encoding.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The CLI's bearer token for the HTTP interface. The server stores and looks up {@link #hash} only.
 *
 * @param accountId claim {@code sub}
 * @param name the person's name, left out when unknown
 * @param type {@link #TYPE_SESSION} or {@link #TYPE_PASTED}
 * @param tokenId claim {@code jti}, a UUID
 */
public record CliSessionToken(
        String accountId,
        String email,
        @Nullable String name,
        String type,
        String tokenId,
        long issuedAtSeconds,
        long expiresAtSeconds) {

    public static final long LIFETIME_SECONDS = 2_592_000;

    /** Made by the device flow. */
    public static final String TYPE_SESSION = "cli-session";

    /** Made on the web page and pasted. */
    public static final String TYPE_PASTED = "cli-token";

    private static final Set<String> TYPES = Set.of(TYPE_SESSION, TYPE_PASTED);

    /** The token text. */
    public String issue(String secret) {
        String optionalName = name == null ? "" : ",\"name\":" + JsonText.quote(name);
        String claims = "{\"sub\":" + JsonText.quote(accountId)
                + ",\"email\":" + JsonText.quote(email)
                + optionalName
                + ",\"type\":" + JsonText.quote(type)
                + ",\"jti\":" + JsonText.quote(tokenId)
                + ",\"iat\":" + issuedAtSeconds
                + ",\"exp\":" + expiresAtSeconds + "}";
        return JwtHs256.issue(claims, secret);
    }

    /** What the server stores of a token: 64 lowercase hexadecimal digits of SHA-256. */
    public static String hash(String token) {
        return Digests.sha256Hex(token);
    }

    /** The claims of a current token that this server issued for a CLI, or empty. A sync token is refused. */
    public static Optional<CliSessionToken> verify(String token, String secret, long nowSeconds) {
        if (JwtHs256.verify(token, secret) instanceof JwtHs256.Result.Signed signed
                && !TokenTimes.isExpired(signed.claims(), nowSeconds)
                && !TokenTimes.isIssuedInFuture(signed.claims(), nowSeconds)) {
            return read(signed.claims()).filter(claims -> TYPES.contains(claims.type));
        }
        return Optional.empty();
    }

    /** The claims as a client may show them, without any check of their origin. */
    public static Optional<CliSessionToken> readUnverified(String token) {
        return JwtHs256.readUnverified(token).flatMap(CliSessionToken::read);
    }

    private static Optional<CliSessionToken> read(JsonNode claims) {
        if (claims.path("sub").asText().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CliSessionToken(
                claims.path("sub").asText(),
                claims.path("email").asText(),
                claims.path("name").textValue(),
                claims.path("type").asText(),
                claims.path("jti").asText(),
                claims.path("iat").asLong(),
                claims.path("exp").asLong()));
    }
}
