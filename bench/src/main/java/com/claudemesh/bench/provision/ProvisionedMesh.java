package com.claudemesh.bench.provision;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mesh made for a measurement, with the members' secret keys in hex.
 *
 * @param ownerSecretKey absent where the server does not hand it out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProvisionedMesh(
        String meshId,
        String slug,
        @Nullable String rootKey,
        @Nullable String ownerSecretKey,
        @Nullable String ownerPubkey,
        List<Member> members) {

    public record Member(String memberId, String pubkey, String secretKey, String displayName, String role) {}
}
