package com.claudemesh.cli.mesh;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.AccountSession;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.BrokerAddress;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A mesh that is to be made. */
public record NewMesh(String name, Optional<String> slug, Optional<String> template, Optional<String> description) {
    private static final int CLAIM_VERSION = 2;

    /** With whatever the server takes for all else. */
    public static NewMesh called(String name) {
        return new NewMesh(name, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Makes it at the server and stores the membership of its owner. */
    public Membership create(VerbServices services, AccountSession session) {
        SigningKeyPair keys = SigningKeyPair.generate();
        ObjectNode body = Output.object().put("name", name).put("pubkey", keys.publicHex());
        slug.ifPresent(text -> body.put("slug", text));
        template.ifPresent(text -> body.put("template", text));
        description.ifPresent(text -> body.put("description", text));
        JsonNode made = session.broker()
                .post("/cli/mesh/create", body)
                .orRefuse("make the mesh")
                .body();
        String id = made.path("id").asText("");
        String memberId = made.path("member_id").asText("");
        String madeSlug = made.path("slug").asText("");
        if (id.isEmpty() || memberId.isEmpty() || !MeshSlug.usable(madeSlug)) {
            throw new CliException(
                    ExitCode.INTERNAL_ERROR, "bad_answer", "the server's answer is not understood", "claudemesh list");
        }
        String[] stored = {madeSlug};
        ClientConfig config = services.configFile().update(before -> {
            stored[0] = LocalMeshes.freeSlug(before, madeSlug);
            return before.with(new Membership(
                    id,
                    memberId,
                    stored[0],
                    made.path("name").asText(name),
                    keys.publicHex(),
                    keys.secretHex(),
                    brokerUrl(services, session),
                    services.host().clock().instant().toString(),
                    made.path("root_key").textValue(),
                    CLAIM_VERSION));
        });
        services.lastUsed()
                .store(
                        stored[0],
                        services.displayName(config),
                        Optional.empty(),
                        services.host().clock().instant());
        return config.membership(stored[0]).orElseThrow();
    }

    /** As configured, else the place where the server's sockets are. */
    private static String brokerUrl(VerbServices services, AccountSession session) {
        return services.host()
                .variable("CLAUDEMESH_BROKER_URL")
                .filter(url -> url.matches("wss?://.+/ws"))
                .orElseGet(() -> BrokerAddress.ofHttpOrigin(session.credential().server()));
    }
}
