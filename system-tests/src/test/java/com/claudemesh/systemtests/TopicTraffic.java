package com.claudemesh.systemtests;

import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.sdk.IncomingMessage;
import com.claudemesh.sdk.MemoryInboxStore;
import com.claudemesh.sdk.MeshClient;
import com.claudemesh.sdk.MeshIdentity;
import com.claudemesh.sdk.MeshListener;
import com.claudemesh.sdk.OutgoingMessage;
import com.claudemesh.sdk.Receipt;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.TestMember;
import com.claudemesh.systemtests.harness.TestMesh;
import com.claudemesh.systemtests.harness.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Two members post to a topic, one reads it live, and one comes when all is over. */
final class TopicTraffic implements AutoCloseable {
    /** How many posts one call of {@link #post} makes. */
    static final int POSTS = 100;

    private final Queue<String> live = new ConcurrentLinkedQueue<>();
    private final Queue<String> late = new ConcurrentLinkedQueue<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger finished = new AtomicInteger();
    private final List<MeshClient> posters;
    private final MeshClient reader;
    private final MeshClient latecomer;
    private int posted;

    private TopicTraffic(TestMesh mesh) {
        Server server = mesh.server();
        posters = List.of(
                client(server, mesh.member(0)).build(),
                client(server, mesh.member(1)).build());
        reader = client(server, mesh.member(2)).listener(into(live)).build();
        latecomer = client(server, mesh.member(3)).listener(into(late)).build();
    }

    /** @param mesh with four members */
    static TopicTraffic in(TestMesh mesh) throws Exception {
        TopicTraffic traffic = new TopicTraffic(mesh);
        for (MeshClient poster : traffic.posters) {
            poster.connect().get(20, TimeUnit.SECONDS);
        }
        traffic.reader.connect().get(20, TimeUnit.SECONDS);
        return traffic;
    }

    static MeshClient.Builder client(Server server, TestMember member) {
        MeshIdentity identity = new MeshIdentity(
                member.meshId(), member.memberId(), member.publicKey(), member.secretKey(), server.webSocketUrl());
        return MeshClient.builder(identity)
                .displayName(member.displayName())
                .inbox(new MemoryInboxStore())
                .sendTimeout(Duration.ofSeconds(75));
    }

    private static MeshListener into(Queue<String> texts) {
        return new MeshListener() {
            @Override
            public void onMessage(IncomingMessage message) {
                texts.add(message.text());
            }
        };
    }

    /** Posts without waiting, the two members in turn. */
    void post() {
        for (int i = 0; i < POSTS; i++) {
            String text = "post " + posted;
            posters.get(posted++ % posters.size())
                    .send(new OutgoingMessage("#general", text, Priority.NOW, null))
                    .whenComplete((receipt, failure) -> {
                        if (receipt instanceof Receipt.Stored) {
                            acknowledged.add(text);
                        }
                        finished.incrementAndGet();
                    });
        }
    }

    /** Returns when every post has an outcome and both readers have what was acknowledged. */
    void awaitArrivals() throws Exception {
        Waiting.until("every post has an outcome", Duration.ofSeconds(90), () -> finished.get() == posted);
        latecomer.connect().get(20, TimeUnit.SECONDS);
        Waiting.until(
                "both readers have everything",
                Duration.ofSeconds(90),
                () -> Set.copyOf(live).containsAll(acknowledged) && live.size() == late.size());
    }

    Set<String> acknowledged() {
        return acknowledged;
    }

    List<String> live() {
        return List.copyOf(live);
    }

    List<String> late() {
        return List.copyOf(late);
    }

    @Override
    public void close() {
        posters.forEach(MeshClient::close);
        reader.close();
        latecomer.close();
    }
}
