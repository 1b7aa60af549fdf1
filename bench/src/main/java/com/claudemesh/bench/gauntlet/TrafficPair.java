package com.claudemesh.bench.gauntlet;

import com.claudemesh.bench.provision.ProvisionedMesh;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.sdk.IncomingMessage;
import com.claudemesh.sdk.MemoryInboxStore;
import com.claudemesh.sdk.MeshClient;
import com.claudemesh.sdk.MeshIdentity;
import com.claudemesh.sdk.MeshListener;
import com.claudemesh.sdk.OutgoingMessage;
import com.claudemesh.sdk.Receipt;
import com.claudemesh.sdk.SdkRuntime;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** One sender and one receiver over the real client, and what is known of their messages. */
final class TrafficPair implements MeshListener {
    private static final int WINDOW = 200;
    /** Longer than any restart, so that a send in flight survives it. */
    private static final Duration SEND_PATIENCE = Duration.ofSeconds(120);

    private final Ledger ledger = new Ledger();
    private final AtomicLong redelivered = new AtomicLong();
    private final MeshClient sender;
    private final MeshClient receiver;
    private final String target;
    private volatile int sent;

    TrafficPair(SdkRuntime runtime, URI webSocketUrl, ProvisionedMesh mesh, int index) {
        ProvisionedMesh.Member from = mesh.members().get(2 * index);
        ProvisionedMesh.Member to = mesh.members().get(2 * index + 1);
        target = to.pubkey();
        MemoryInboxStore known = new MemoryInboxStore();
        sender = client(runtime, webSocketUrl, mesh, from).build();
        receiver = client(runtime, webSocketUrl, mesh, to)
                .listener(this)
                .inbox(message -> {
                    boolean fresh = known.add(message);
                    if (!fresh) {
                        redelivered.incrementAndGet();
                    }
                    return fresh;
                })
                .build();
    }

    private static MeshClient.Builder client(
            SdkRuntime runtime, URI webSocketUrl, ProvisionedMesh mesh, ProvisionedMesh.Member member) {
        MeshIdentity identity =
                new MeshIdentity(mesh.meshId(), member.memberId(), member.pubkey(), member.secretKey(), webSocketUrl);
        return MeshClient.builder(identity)
                .displayName(member.displayName())
                .sendTimeout(SEND_PATIENCE)
                .runtime(runtime);
    }

    CompletableFuture<?> connect() {
        return receiver.connect().thenCompose(online -> sender.connect());
    }

    /** For one thread at a time. */
    void sendIfRoom() {
        int number = sent;
        if (number - ledger.answered() >= WINDOW) {
            return;
        }
        sent = number + 1;
        sender.send(new OutgoingMessage(target, Integer.toString(number), Priority.NOW, null))
                .whenComplete((receipt, failure) -> {
                    if (receipt instanceof Receipt.Stored) {
                        ledger.acknowledged(number);
                    } else {
                        ledger.refused(number);
                    }
                });
    }

    @Override
    public void onMessage(IncomingMessage message) {
        ledger.arrived(Integer.parseInt(message.text()));
    }

    boolean isAnswered() {
        return ledger.answered() == sent;
    }

    Ledger ledger() {
        return ledger;
    }

    long redelivered() {
        return redelivered.get();
    }

    void close() {
        sender.close();
        receiver.close();
    }
}
