package com.claudemesh.protocol.frame;

import org.jspecify.annotations.Nullable;

/**
 * What became of an API key that was to end.
 *
 * @param status {@code revoked}, {@code not_found} or {@code not_unique}
 * @param id the whole id, when it is revoked
 * @param matches how many keys the prefix fits, when it is not unique
 */
public record ApiKeyRevokeResponse(
        String status, @Nullable String id, @Nullable Integer matches) implements ServerFrame {

    public static ApiKeyRevokeResponse revoked(String id) {
        return new ApiKeyRevokeResponse("revoked", id, null);
    }

    public static ApiKeyRevokeResponse notFound() {
        return new ApiKeyRevokeResponse("not_found", null, null);
    }

    public static ApiKeyRevokeResponse notUnique(int matches) {
        return new ApiKeyRevokeResponse("not_unique", null, matches);
    }
}
