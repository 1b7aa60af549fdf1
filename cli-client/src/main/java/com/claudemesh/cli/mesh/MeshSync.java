package com.claudemesh.cli.mesh;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.api.ApiAnswer;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.BrokerAddress;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.crypto.Signatures;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.crypto.SyncProofText;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Enrols a key of this machine in all meshes of a token at once, and stores the memberships. */
final class MeshSync {
    private static final int CLAIM_VERSION = 2;

    private final VerbServices services;
    private final String server;

    MeshSync(VerbServices services, String server) {
        this.services = services;
        this.server = server;
    }

    /**
     * The memberships that are new.
     *
     * @param force also renews those that are joined
     */
    List<Membership> join(SyncGrant grant, boolean force) {
        ClientConfig before = services.configFile().load();
        boolean complete =
                grant.meshIds().stream().allMatch(id -> find(before, id).isPresent());
        if (complete && !force) {
            return List.of();
        }
        SigningKeyPair keys = keys(grant, before, force);
        JsonNode answer = enrol(grant, keys, services.displayName(before));
        List<Membership> added = new ArrayList<>();
        services.configFile().update(config -> {
            added.clear();
            ClientConfig changed =
                    config.withAccountId(answer.path("account_id").asText(grant.accountId()));
            for (JsonNode row : answer.path("meshes")) {
                Optional<Membership> known = find(changed, row.path("mesh_id").asText());
                if (known.isEmpty() || force) {
                    Membership mesh = membership(row, keys, known, changed);
                    changed = changed.with(mesh);
                    added.add(mesh);
                }
            }
            return changed;
        });
        return List.copyOf(added);
    }

    /**
     * The server takes one key for all meshes of a token, and makes a second member of whoever comes with a second key:
     * so a mesh that is joined already lends its key.
     */
    private static SigningKeyPair keys(SyncGrant grant, ClientConfig before, boolean force) {
        return before.memberships().stream()
                .filter(mesh -> !force && grant.meshIds().contains(mesh.meshId()))
                .findFirst()
                .map(mesh -> SigningKeyPair.fromSecretHex(mesh.secretKey()))
                .orElseGet(SigningKeyPair::generate);
    }

    private JsonNode enrol(SyncGrant grant, SigningKeyPair keys, String displayName) {
        ApiAnswer answer = new ApiClient(server, null, ApiClient.TIMEOUT)
                .post(
                        "/cli-sync",
                        Output.object()
                                .put("sync_token", grant.token())
                                .put("peer_pubkey", keys.publicHex())
                                .put("display_name", displayName)
                                .put("signature", Signatures.sign(proof(grant, keys), keys.secretHex())));
        if (answer.error().startsWith("sync token invalid")) {
            throw new CliException(
                    ExitCode.AUTHENTICATION_FAILED,
                    "sync_token_invalid",
                    Output.safe(answer.error()),
                    "try again: claudemesh sync");
        }
        return answer.orRefuse("synchronise").body();
    }

    /** Shows that the key is held here: without it the server ties no member that exists to the account. */
    private static String proof(SyncGrant grant, SigningKeyPair keys) {
        return SyncProofText.canonical(grant.token(), keys.publicHex());
    }

    private Membership membership(JsonNode row, SigningKeyPair keys, Optional<Membership> known, ClientConfig config) {
        String id = row.path("mesh_id").asText("");
        String memberId = row.path("member_id").asText("");
        String slug = row.path("slug").asText("");
        String brokerUrl = row.path("broker_url").asText("");
        if (id.isEmpty() || memberId.isEmpty() || !MeshSlug.usable(slug)) {
            throw new CliException(ExitCode.INTERNAL_ERROR, "bad_answer", "the server's answer is not understood", "");
        }
        String localSlug = known.map(Membership::slug).orElseGet(() -> LocalMeshes.freeSlug(config, slug));
        return new Membership(
                id,
                memberId,
                localSlug,
                row.path("name").asText(slug),
                keys.publicHex(),
                keys.secretHex(),
                brokerUrl.matches("wss?://[^\\s@]+/ws") ? brokerUrl : BrokerAddress.ofHttpOrigin(server),
                services.host().clock().instant().toString(),
                known.map(Membership::rootKey).orElse(null),
                CLAIM_VERSION);
    }

    private static Optional<Membership> find(ClientConfig config, String meshId) {
        return config.memberships().stream()
                .filter(mesh -> mesh.meshId().equals(meshId))
                .findFirst();
    }
}
