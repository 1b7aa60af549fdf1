package com.claudemesh.cli.mesh;

import com.claudemesh.protocol.crypto.token.JwtHs256;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a token of the browser says that it is for, before the server has checked it.
 *
 * @param meshIds meshes of the account
 */
record SyncGrant(String token, String accountId, List<String> meshIds) {

    /** Empty when the text is no such token. */
    static Optional<SyncGrant> read(String text) {
        return JwtHs256.readUnverified(text)
                .filter(claims -> claims.path("meshes").isArray())
                .map(claims -> of(text, claims));
    }

    private static SyncGrant of(String text, JsonNode claims) {
        List<String> ids = new ArrayList<>();
        claims.path("meshes").forEach(mesh -> ids.add(mesh.path("id").asText("")));
        return new SyncGrant(text, claims.path("sub").asText(""), List.copyOf(ids));
    }

    /** Hides the token. */
    @Override
    public String toString() {
        return "SyncGrant[account=" + accountId + ", meshes=" + meshIds.size() + "]";
    }
}
