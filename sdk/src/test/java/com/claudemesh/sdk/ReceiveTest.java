package com.claudemesh.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.Sealed;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.Push;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A message is kept, reported and then acknowledged, once each. */
class ReceiveTest {
    private static final long A_WHILE_MILLIS = 200;

    private final Recorder recorder = new Recorder();
    private TestBroker broker;
    private MeshClient client;

    @BeforeEach
    void start() throws IOException {
        broker = new TestBroker();
    }

    @AfterEach
    void stop() throws IOException {
        client.closeGracefully(Duration.ZERO);
        broker.close();
    }

    private TestConnection connected(MeshClient.Builder builder) throws Exception {
        client = builder.build();
        CompletableFuture<?> connecting = client.connect();
        TestConnection connection = broker.welcomed();
        Clients.get(connecting);
        return connection;
    }

    private TestConnection connected() throws Exception {
        return connected(Clients.of(broker).listener(recorder));
    }

    private static String acknowledged(TestConnection connection) throws InterruptedException {
        return connection.next("client_ack").path("brokerMessageId").asText();
    }

    @Test
    void message_direct_isDecryptedReportedAndAcknowledged() throws Exception {
        TestConnection connection = connected();
        connection.send(Clients.direct("m1", "secret", Clients.OWN));

        IncomingMessage message = recorder.next(IncomingMessage.class);

        assertThat(message.text()).isEqualTo("secret");
        assertThat(message.encrypted()).isTrue();
        assertThat(message.kind()).isEqualTo(IncomingMessage.Kind.DIRECT);
        assertThat(acknowledged(connection)).isEqualTo("m1");
    }

    @Test
    void message_toTheSessionKey_isDecrypted() throws Exception {
        SigningKeyPair session = SigningKeyPair.generate();
        TestConnection connection =
                connected(Clients.of(broker).listener(recorder).sessionKeys(session));
        connection.send(Clients.direct("m1", "to the session", session));
        connection.send(Clients.direct("m2", "to the member", Clients.OWN));

        assertThat(recorder.next(IncomingMessage.class).text()).isEqualTo("to the session");
        assertThat(recorder.next(IncomingMessage.class).text()).isEqualTo("to the member");
    }

    @Test
    void message_broadcast_isReadButNotCalledEncrypted() throws Exception {
        connected().send(Clients.plain("m1", "for all"));

        IncomingMessage message = recorder.next(IncomingMessage.class);

        assertThat(message.text()).isEqualTo("for all");
        assertThat(message.encrypted()).isFalse();
        assertThat(message.kind()).isEqualTo(IncomingMessage.Kind.BROADCAST);
    }

    @Test
    void message_thatDoesNotOpen_isReportedWithoutText() throws Exception {
        TestConnection connection = connected();
        connection.send(Clients.direct("m1", "for somebody else", SigningKeyPair.generate()));

        IncomingMessage message = recorder.next(IncomingMessage.class);

        assertThat(message.text()).isNull();
        assertThat(acknowledged(connection)).isEqualTo("m1");
    }

    @Test
    void message_inPieces_isPutTogether() throws Exception {
        TestConnection connection = connected();
        String text = FrameCodec.encode(Clients.plain("m1", "long ".repeat(20_000)));
        connection.sendPieces(text.substring(0, 10), text.substring(10, 70_000), text.substring(70_000));

        assertThat(recorder.next(IncomingMessage.class).text()).hasSize(100_000);
    }

    @Test
    void message_again_isAcknowledgedAgainButNotReported() throws Exception {
        TestConnection connection = connected();
        connection.send(Clients.plain("m1", "once"));
        connection.send(Clients.plain("m1", "once"));

        assertThat(acknowledged(connection)).isEqualTo("m1");
        assertThat(acknowledged(connection)).isEqualTo("m1");
        assertThat(recorder.hasMessage(A_WHILE_MILLIS)).isTrue();
        assertThat(recorder.hasMessage(A_WHILE_MILLIS)).isFalse();
    }

    @Test
    void message_againAfterAReconnect_isNotReported() throws Exception {
        TestConnection first = connected();
        first.send(Clients.plain("m1", "once"));
        recorder.next(IncomingMessage.class);
        first.drop();
        TestConnection second = broker.welcomed();
        second.send(Clients.plain("m1", "once"));

        while (!acknowledged(second).equals("m1")) {
            continue;
        }
        assertThat(recorder.hasMessage(A_WHILE_MILLIS)).isFalse();
    }

    @Test
    void message_underAnotherIdButTheSameSendersId_isNotReported() throws Exception {
        TestConnection connection = connected();
        Sealed body = new Sealed("", "aGk=");
        connection.send(Clients.push("m1", body, "*", "same"));
        connection.send(Clients.push("m2", body, "*", "same"));

        assertThat(acknowledged(connection)).isEqualTo("m1");
        assertThat(acknowledged(connection)).isEqualTo("m2");
        recorder.next(IncomingMessage.class);
        assertThat(recorder.hasMessage(A_WHILE_MILLIS)).isFalse();
    }

    @Test
    void message_notKept_isNeitherReportedNorAcknowledged() throws Exception {
        InboxStore full = message -> {
            if (message.messageId().equals("m1")) {
                throw new IOException("disk full");
            }
            return true;
        };
        TestConnection connection =
                connected(Clients.of(broker).listener(recorder).inbox(full));
        connection.send(Clients.plain("m1", "lost"));
        connection.send(Clients.plain("m2", "kept"));

        assertThat(recorder.next(IncomingMessage.class).messageId()).isEqualTo("m2");
        assertThat(acknowledged(connection)).isEqualTo("m2");
    }

    @Test
    void message_beforeItIsKept_isNotAcknowledged() throws Exception {
        CountDownLatch disk = new CountDownLatch(1);
        InboxStore slow = message -> {
            await(disk);
            return true;
        };
        TestConnection connection = connected(Clients.of(broker).inbox(slow));
        connection.send(Clients.plain("m1", "slow"));
        assertThat(connection.hasNext(A_WHILE_MILLIS)).isFalse();

        disk.countDown();

        assertThat(acknowledged(connection)).isEqualTo("m1");
    }

    @Test
    void message_beforeItIsReported_isNotAcknowledged() throws Exception {
        CountDownLatch listener = new CountDownLatch(1);
        TestConnection connection = connected(Clients.of(broker).listener(new MeshListener() {
            @Override
            public void onMessage(IncomingMessage message) {
                await(listener);
            }
        }));
        connection.send(Clients.plain("m1", "slow"));
        assertThat(connection.hasNext(A_WHILE_MILLIS)).isFalse();

        listener.countDown();

        assertThat(acknowledged(connection)).isEqualTo("m1");
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(TestBroker.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("not released");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void message_listenerFails_isAcknowledgedAndTheNextIsReported() throws Exception {
        List<String> reported = new ArrayList<>();
        TestConnection connection = connected(Clients.of(broker).listener(new MeshListener() {
            @Override
            public void onMessage(IncomingMessage message) {
                reported.add(message.messageId());
                throw new IllegalStateException("listener's own problem");
            }
        }));
        connection.send(Clients.plain("m1", "one"));
        connection.send(Clients.plain("m2", "two"));

        assertThat(acknowledged(connection)).isEqualTo("m1");
        assertThat(acknowledged(connection)).isEqualTo("m2");
        assertThat(reported).containsExactly("m1", "m2");
        assertThat(client.state()).isEqualTo(ConnectionState.ONLINE);
    }

    @Test
    void messages_many_areReportedInOrder() throws Exception {
        TestConnection connection = connected();
        int count = 3 * Receiver.MAX_WAITING;
        for (int i = 0; i < count; i++) {
            connection.send(Clients.plain("m" + i, "text " + i));
        }

        for (int i = 0; i < count; i++) {
            assertThat(recorder.next(IncomingMessage.class).messageId()).isEqualTo("m" + i);
        }
    }

    @Test
    void messages_fasterThanTheListener_areReadOnlyUpToABound() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        TestConnection connection = connected(Clients.of(broker).listener(new MeshListener() {
            @Override
            public void onMessage(IncomingMessage message) {
                await(slow);
            }
        }));
        String text = "x".repeat(50_000);
        int count = 2 * Receiver.MAX_WAITING;
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < count; i++) {
                connection.send(Clients.plain("m" + i, text));
            }
        });
        assertThat(written.thenApply(done -> true)
                        .completeOnTimeout(false, 1, TimeUnit.SECONDS)
                        .get())
                .as("the socket took everything although nobody reads")
                .isFalse();

        slow.countDown();

        for (int i = 0; i < count; i++) {
            assertThat(acknowledged(connection)).isEqualTo("m" + i);
        }
    }

    @Test
    void event_ofTheMesh_isReportedAndNotAcknowledged() throws Exception {
        TestConnection connection = connected();
        connection.send(Push.system(
                "e1",
                Clients.MESH,
                "2026-01-01T00:00:00.000Z",
                "peer_joined",
                JsonNodeFactory.instance.objectNode().put("name", "ann")));

        Push event = recorder.next(Push.class);

        assertThat(event.event()).isEqualTo("peer_joined");
        assertThat(connection.hasNext(A_WHILE_MILLIS)).isFalse();
    }

    @Test
    void event_ofAWebhook_isReportedAsEvent() throws Exception {
        connected()
                .sendText(
                        "{\"type\":\"push\",\"messageId\":\"w1\",\"meshId\":\"mesh1\",\"senderPubkey\":\"webhook:ci\","
                                + "\"priority\":\"next\",\"nonce\":\"\",\"ciphertext\":\"\",\"createdAt\":\"\","
                                + "\"subtype\":\"webhook\",\"event\":\"ci\",\"eventData\":{\"ok\":true}}");

        assertThat(recorder.next(Push.class).event()).isEqualTo("ci");
    }

    @Test
    void close_withMessagesArrived_handlesThemFirst() throws Exception {
        CountDownLatch listener = new CountDownLatch(1);
        TestConnection connection = connected(Clients.of(broker).listener(new MeshListener() {
            @Override
            public void onMessage(IncomingMessage message) {
                await(listener);
            }
        }));
        connection.send(Clients.plain("m1", "last"));
        assertThat(connection.hasNext(A_WHILE_MILLIS)).isFalse();
        CompletableFuture<Void> closed = client.closeGracefully(Duration.ofSeconds(TestBroker.PATIENCE_SECONDS));
        listener.countDown();

        assertThat(acknowledged(connection)).isEqualTo("m1");
        Clients.get(closed);
    }

    @Test
    void close_byTheListener_doesNotBlockItself() throws Exception {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        TestConnection connection = connected(Clients.of(broker).listener(new MeshListener() {
            @Override
            public void onMessage(IncomingMessage message) {
                client.close();
                closed.complete(null);
            }
        }));
        connection.send(Clients.plain("m1", "stop"));

        Clients.get(closed);
        assertThat(acknowledged(connection)).isEqualTo("m1");
        assertThat(connection.closeCode()).isEqualTo(1000);
    }
}
