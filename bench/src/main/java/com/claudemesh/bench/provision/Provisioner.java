package com.claudemesh.bench.provision;

import com.claudemesh.bench.server.ServerApi;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Makes meshes with members the way people do: create, invite, join. */
public final class Provisioner {
    private static final int PARALLEL_JOINS = 8;
    private static final int USES_PER_INVITE = 1_000;

    private final ServerApi server;

    public Provisioner(ServerApi server) {
        this.server = server;
    }

    /** @param members at least 1; the first is the creator, an administrator */
    public ProvisionedMesh mesh(String name, int members) throws IOException, InterruptedException, ExecutionException {
        SigningKeyPair creator = SigningKeyPair.generate();
        JsonNode created = server.createMesh(name, creator.publicHex());
        String slug = created.path("slug").asText();
        List<ProvisionedMesh.Member> all = new ArrayList<>();
        all.add(new ProvisionedMesh.Member(
                created.path("member_id").asText(),
                creator.publicHex(),
                creator.secretHex(),
                name + "-owner",
                "admin"));
        all.addAll(join(slug, members - 1));
        return new ProvisionedMesh(
                created.path("id").asText(),
                slug,
                text(created, "root_key"),
                text(created, "owner_secret_key"),
                text(created, "owner_pubkey"),
                all);
    }

    private List<ProvisionedMesh.Member> join(String slug, int count)
            throws IOException, InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(PARALLEL_JOINS);
        try {
            List<Future<ProvisionedMesh.Member>> joining = new ArrayList<>();
            String token = "";
            for (int i = 0; i < count; i++) {
                if (i % USES_PER_INVITE == 0) {
                    token = server.invite(slug, Math.min(USES_PER_INVITE, count - i));
                }
                String invitation = token;
                String name = "member-" + (i + 2);
                joining.add(pool.submit(() -> joinOne(invitation, name)));
            }
            List<ProvisionedMesh.Member> joined = new ArrayList<>();
            for (Future<ProvisionedMesh.Member> one : joining) {
                joined.add(one.get());
            }
            return joined;
        } finally {
            pool.shutdownNow();
        }
    }

    private ProvisionedMesh.Member joinOne(String token, String name) throws IOException, InterruptedException {
        SigningKeyPair keys = SigningKeyPair.generate();
        String memberId = server.join(token, keys.publicHex(), name);
        return new ProvisionedMesh.Member(memberId, keys.publicHex(), keys.secretHex(), name, "member");
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.path(field).isTextual() ? node.path(field).textValue() : null;
    }
}
