package com.claudemesh.bench.audit;

import com.claudemesh.bench.figures.Latencies;
import com.claudemesh.bench.load.LoadReport;
import com.claudemesh.bench.load.LoadRun;
import com.claudemesh.bench.provision.ProvisionedMesh;
import com.claudemesh.bench.provision.Provisioner;
import com.claudemesh.bench.server.ManagedServer;
import com.claudemesh.protocol.frame.AuditVerify;
import com.claudemesh.protocol.frame.AuditVerifyResult;
import com.claudemesh.sdk.MemoryInboxStore;
import com.claudemesh.sdk.MeshClient;
import com.claudemesh.sdk.MeshIdentity;
import com.claudemesh.sdk.SdkRuntime;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Fills the record of a mesh with sends, each of which is an event, and has it verified again and again. */
final class AuditRun {
    private static final int SENDERS = 10;
    private static final int WINDOW = 64;
    private static final int TEXT_CHARS = 200;
    private static final Duration TIMEOUT = Duration.ofSeconds(180);
    private static final long WANTED_MILLIS = 1_000;

    private final ManagedServer server;
    private final int entries;
    private final int repeats;

    /** @param entries events that the record has at least */
    AuditRun(ManagedServer server, int entries, int repeats) {
        this.server = server;
        this.entries = entries;
        this.repeats = repeats;
    }

    AuditFigures run() throws Exception {
        ProvisionedMesh mesh = new Provisioner(server.api()).mesh("audit", 2 * SENDERS);
        int messages = (entries + SENDERS - 1) / SENDERS;
        LoadReport sent = new LoadRun(
                        server.webSocketUrl(),
                        server.state(),
                        mesh,
                        new LoadRun.Plan(SENDERS, messages, 0, WINDOW, TEXT_CHARS, TIMEOUT))
                .run();
        if (sent.sent() < entries) {
            throw new IllegalStateException("only " + sent.sent() + " messages were accepted");
        }
        return verify(mesh);
    }

    private AuditFigures verify(ProvisionedMesh mesh) throws Exception {
        ProvisionedMesh.Member owner = mesh.members().get(0);
        MeshIdentity identity = new MeshIdentity(
                mesh.meshId(), owner.memberId(), owner.pubkey(), owner.secretKey(), server.webSocketUrl());
        Latencies times = new Latencies(repeats);
        boolean valid = true;
        long found = 0;
        try (SdkRuntime runtime = SdkRuntime.small();
                MeshClient client = MeshClient.builder(identity)
                        .displayName(owner.displayName())
                        .inbox(new MemoryInboxStore())
                        .requestTimeout(TIMEOUT)
                        .runtime(runtime)
                        .build()) {
            client.connect().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            for (int i = 0; i < repeats; i++) {
                long asked = System.nanoTime();
                AuditVerifyResult verdict = client.request(new AuditVerify(), AuditVerifyResult.class)
                        .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
                times.add(System.nanoTime() - asked);
                valid &= verdict.valid() && verdict.entries() >= entries;
                found = verdict.entries();
            }
        }
        return new AuditFigures(found, valid, times.percentiles(), WANTED_MILLIS);
    }
}
