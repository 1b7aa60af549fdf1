package com.claudemesh.protocol.crypto.token;

import com.claudemesh.protocol.encoding.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one-use token with which the web application sends a signed-in person's meshes to the CLI.
 *
 * @param accountId claim {@code sub}
 * @param action {@code sync} or {@code create}; absent in old tokens
 * @param newMesh the mesh to create, with action {@code create}
 * @param tokenId claim {@code jti}, usable once
 */
public record SyncToken(
        String accountId,
        String email,
        List<MeshGrant> meshes,
        @Nullable String action,
        @Nullable NewMesh newMesh,
        String tokenId,
        long issuedAtSeconds,
        long expiresAtSeconds) {

    public static final long LIFETIME_SECONDS = 900;

    /** A mesh that the account may join. */
    public record MeshGrant(String id, String slug, String role) {}

    /** The mesh to create. */
    public record NewMesh(String name, String slug) {}

    /** The verdict on a presented token. */
    public sealed interface Result {

        record Accepted(SyncToken token) implements Result {}

        /** The first check that failed, in the words of the reference implementation. */
        record Refused(String reason) implements Result {}
    }

    public SyncToken {
        meshes = List.copyOf(meshes);
    }

    /**
     * Checks a token completely.
     *
     * @param secret the shared secret; null or empty if none is configured
     * @param firstUse marks a token id as used and tells whether it was unused; called at most once, after the
     *     signature and the times were found good and before the other claims are read
     */
    public static Result verify(String token, @Nullable String secret, long nowSeconds, Predicate<String> firstUse) {
        if (secret == null || secret.isEmpty()) {
            return new Result.Refused("CLI_SYNC_SECRET not configured on broker");
        }
        JwtHs256.Result jwt = JwtHs256.verify(token, secret);
        if (jwt instanceof JwtHs256.Result.Signed signed) {
            return check(signed.claims(), nowSeconds, firstUse);
        }
        if (jwt instanceof JwtHs256.Result.UnsupportedAlgorithm other) {
            return new Result.Refused("unsupported algorithm: " + other.algorithm());
        }
        boolean malformed = jwt instanceof JwtHs256.Result.Malformed;
        return new Result.Refused(malformed ? "malformed JWT" : "invalid signature");
    }

    /** Writes the token, for issuers and tests. */
    public String issue(String secret) {
        String grants = meshes.stream()
                .map(mesh -> "{\"id\":" + JsonText.quote(mesh.id) + ",\"slug\":" + JsonText.quote(mesh.slug)
                        + ",\"role\":" + JsonText.quote(mesh.role) + "}")
                .collect(Collectors.joining(",", "[", "]"));
        StringBuilder claims = new StringBuilder("{\"sub\":" + JsonText.quote(accountId) + ",\"email\":"
                + JsonText.quote(email) + ",\"meshes\":" + grants);
        if (action != null) {
            claims.append(",\"action\":").append(JsonText.quote(action));
        }
        claims.append(",\"jti\":").append(JsonText.quote(tokenId));
        claims.append(",\"iat\":").append(issuedAtSeconds).append(",\"exp\":").append(expiresAtSeconds);
        if (newMesh != null) {
            claims.append(",\"newMesh\":{\"name\":").append(JsonText.quote(newMesh.name));
            claims.append(",\"slug\":").append(JsonText.quote(newMesh.slug)).append('}');
        }
        return JwtHs256.issue(claims.append('}').toString(), secret);
    }

    private static Result check(JsonNode claims, long nowSeconds, Predicate<String> firstUse) {
        if (TokenTimes.isExpired(claims, nowSeconds)) {
            return new Result.Refused("token expired");
        }
        if (TokenTimes.isIssuedInFuture(claims, nowSeconds)) {
            return new Result.Refused("token issued in the future");
        }
        String tokenId = claims.path("jti").asText();
        if (tokenId.isEmpty()) {
            return new Result.Refused("missing jti");
        }
        if (!firstUse.test(tokenId)) {
            return new Result.Refused("token already used");
        }
        if (claims.path("sub").asText().isEmpty()
                || claims.path("email").asText().isEmpty()) {
            return new Result.Refused("missing sub or email");
        }
        if (!claims.path("meshes").isArray()) {
            return new Result.Refused("missing meshes array");
        }
        return new Result.Accepted(read(claims, tokenId));
    }

    private static SyncToken read(JsonNode claims, String tokenId) {
        List<MeshGrant> meshes = new ArrayList<>();
        for (JsonNode mesh : claims.path("meshes")) {
            meshes.add(new MeshGrant(
                    mesh.path("id").asText(),
                    mesh.path("slug").asText(),
                    mesh.path("role").asText()));
        }
        JsonNode created = claims.path("newMesh");
        return new SyncToken(
                claims.path("sub").asText(),
                claims.path("email").asText(),
                meshes,
                claims.path("action").textValue(),
                created.isObject()
                        ? new NewMesh(
                                created.path("name").asText(),
                                created.path("slug").asText())
                        : null,
                tokenId,
                claims.path("iat").asLong(),
                claims.path("exp").asLong());
    }
}
