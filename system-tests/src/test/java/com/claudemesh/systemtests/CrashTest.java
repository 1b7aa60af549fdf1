package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.sdk.IncomingMessage;
import com.claudemesh.sdk.MeshClient;
import com.claudemesh.sdk.MeshListener;
import com.claudemesh.sdk.OutgoingMessage;
import com.claudemesh.sdk.Receipt;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SharedServer;
import com.claudemesh.systemtests.harness.TestMember;
import com.claudemesh.systemtests.harness.TestMesh;
import com.claudemesh.systemtests.harness.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What was acknowledged survives the sudden death of the server and of the database: nothing lost, nothing twice. */
@ResourceLock(SharedServer.TUNED)
class CrashTest {
    private static final int MESSAGES = 2_000;
    private static Server server;

    @BeforeAll
    static void start() {
        server = SharedServer.tuned();
    }

    /** Starting the server again takes long: the topic is in use at the same time. */
    @Test
    void serverKilledInTheMiddleOfTraffic_everyAcknowledgedMessageAndPostArrivesExactlyOnce() throws Exception {
        try (TopicTraffic topic = TopicTraffic.in(TestMesh.with(server, 4))) {
            assertNothingLost(() -> {
                topic.post();
                server.killServer();
                topic.post();
            });
            topic.awaitArrivals();

            assertThat(topic.acknowledged()).hasSizeGreaterThan(TopicTraffic.POSTS);
            assertThat(topic.late()).doesNotHaveDuplicates().containsAll(topic.acknowledged());
            assertThat(topic.live()).isEqualTo(topic.late());
        }
    }

    @Test
    void postgresKilledInTheMiddleOfTraffic_everyAcknowledgedMessageArrivesExactlyOnce() throws Exception {
        assertNothingLost(server::killPostgres);
    }

    private interface Disaster {
        void strike() throws Exception;
    }

    private static void assertNothingLost(Disaster disaster) throws Exception {
        TestMesh mesh = TestMesh.with(server, 2);
        Queue<String> arrived = new ConcurrentLinkedQueue<>();
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        AtomicInteger finished = new AtomicInteger();
        Semaphore window = new Semaphore(50);
        MeshListener listener = new MeshListener() {
            @Override
            public void onMessage(IncomingMessage message) {
                arrived.add(message.text());
            }
        };
        try (MeshClient receiver = client(mesh.member(1)).listener(listener).build();
                MeshClient sender = client(mesh.member(0)).build()) {
            receiver.connect().get(20, TimeUnit.SECONDS);
            sender.connect().get(20, TimeUnit.SECONDS);
            for (int i = 0; i < MESSAGES; i++) {
                if (i == MESSAGES / 2) {
                    disaster.strike();
                }
                String text = "message " + i;
                window.acquire();
                sender.send(new OutgoingMessage(mesh.member(1).publicKey(), text, Priority.NOW, null))
                        .whenComplete((receipt, failure) -> {
                            if (receipt instanceof Receipt.Stored) {
                                acknowledged.add(text);
                            }
                            finished.incrementAndGet();
                            window.release();
                        });
            }
            Waiting.until("every send has an outcome", Duration.ofSeconds(90), () -> finished.get() == MESSAGES);
            server.awaitReady();
            Waiting.until(
                    "everything acknowledged has arrived",
                    Duration.ofSeconds(90),
                    () -> Set.copyOf(arrived).containsAll(acknowledged));
        }

        assertThat(acknowledged).hasSizeGreaterThan(MESSAGES / 2);
        List<String> all = new ArrayList<>(arrived);
        assertThat(all).doesNotHaveDuplicates();
    }

    private static MeshClient.Builder client(TestMember member) {
        return TopicTraffic.client(server, member);
    }
}
