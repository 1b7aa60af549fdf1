package com.claudemesh.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.DirectMessage;
import com.claudemesh.protocol.crypto.PlaintextBody;
import com.claudemesh.protocol.crypto.Sealed;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.Ack;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.PeersList;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.SetSummary;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendTest {
    private static final long A_WHILE_MILLIS = 200;

    private TestBroker broker;
    private MeshClient client;

    @BeforeEach
    void start() throws IOException {
        broker = new TestBroker();
        client = Clients.of(broker).build();
    }

    @AfterEach
    void stop() throws IOException {
        client.closeGracefully(Duration.ZERO);
        broker.close();
    }

    private TestConnection connected() throws Exception {
        CompletableFuture<?> connecting = client.connect();
        TestConnection connection = broker.welcomed();
        Clients.get(connecting);
        return connection;
    }

    private void use(MeshClient.Builder builder) {
        client = builder.build();
    }

    @Test
    void send_stored_returnsTheMessageId() throws Exception {
        TestConnection connection = connected();
        CompletableFuture<Receipt> sent = client.send(Clients.message("hi"));
        connection.store(connection.next("send"), "m1");

        assertThat(Clients.get(sent)).isEqualTo(new Receipt.Stored("m1", null));
    }

    @Test
    void send_toSomebodyOffline_saysSo() throws Exception {
        TestConnection connection = connected();
        CompletableFuture<Receipt> sent = client.send(Clients.message("hi"));
        connection.send(Ack.stored(connection.next("send").path("id").asText(), "m1", "offline"));

        assertThat(Clients.get(sent))
                .isInstanceOfSatisfying(
                        Receipt.Stored.class,
                        stored -> assertThat(stored.recipientOffline()).isTrue());
    }

    @Test
    void send_refused_returnsTheReason() throws Exception {
        TestConnection connection = connected();
        CompletableFuture<Receipt> sent = client.send(Clients.message("hi"));
        String reason = "rate_limit: too many messages, try again in 900 ms";
        connection.send(Ack.refused(connection.next("send").path("id").asText(), reason));

        assertThat(Clients.get(sent)).isEqualTo(new Receipt.Refused(reason));
    }

    @Test
    void send_answeredWithAnError_isRefused() throws Exception {
        TestConnection connection = connected();
        CompletableFuture<Receipt> sent = client.send(Clients.message("hi"));
        connection.send(new ErrorFrame(
                "forbidden", "may not send", connection.next("send").path("id").asText()));

        assertThat(Clients.get(sent)).isEqualTo(new Receipt.Refused("may not send"));
    }

    @Test
    void send_direct_isEncryptedForTheTarget() throws Exception {
        TestConnection connection = connected();
        client.send(Clients.message("secret"));

        JsonNode frame = connection.next("send");

        assertThat(frame.path("targetSpec").asText()).isEqualTo(Clients.OTHER.publicHex());
        assertThat(DirectMessage.decrypt(body(frame), Clients.OWN.publicHex(), Clients.OTHER.secretHex()))
                .contains("secret");
    }

    @Test
    void send_withSessionKeys_isEncryptedWithThem() throws Exception {
        SigningKeyPair session = SigningKeyPair.generate();
        use(Clients.of(broker).sessionKeys(session));
        TestConnection connection = connected();
        client.send(Clients.message("secret"));

        assertThat(DirectMessage.decrypt(body(connection.next("send")), session.publicHex(), Clients.OTHER.secretHex()))
                .contains("secret");
    }

    @Test
    void send_toEverybody_isReadable() throws Exception {
        TestConnection connection = connected();
        client.send(Clients.broadcast("all"));

        JsonNode frame = connection.next("send");

        assertThat(frame.path("priority").asText()).isEqualTo("next");
        assertThat(PlaintextBody.decode(frame.path("ciphertext").asText())).contains("all");
    }

    private static Sealed body(JsonNode send) {
        return new Sealed(send.path("nonce").asText(), send.path("ciphertext").asText());
    }

    @Test
    void send_withAChosenId_carriesItAndAFingerprintOfTheContent() throws Exception {
        TestConnection connection = connected();
        client.send(new OutgoingMessage("*", "text", Priority.LOW, "mine", "parent", List.of("ann")));
        client.send(new OutgoingMessage("*", "text", Priority.LOW, "mine", "parent", List.of("ann")));
        client.send(new OutgoingMessage("*", "other", Priority.LOW, "mine", "parent", List.of("ann")));

        JsonNode first = connection.next("send");
        JsonNode repeated = connection.next("send");
        JsonNode other = connection.next("send");

        assertThat(first.path("client_message_id").asText()).isEqualTo("mine");
        assertThat(first.path("replyToId").asText()).isEqualTo("parent");
        assertThat(first.path("mentions").get(0).asText()).isEqualTo("ann");
        assertThat(repeated.path("request_fingerprint")).isEqualTo(first.path("request_fingerprint"));
        assertThat(other.path("request_fingerprint")).isNotEqualTo(first.path("request_fingerprint"));
    }

    @Test
    void send_beforeConnecting_isWrittenInOrderAfterTheHello() throws Exception {
        client.send(Clients.broadcast("1"));
        client.tell(new SetSummary("2"));
        client.send(Clients.broadcast("3"));
        client.connect();
        TestConnection connection = broker.next();
        connection.hello();
        assertThat(connection.hasNext(A_WHILE_MILLIS)).isFalse();

        connection.welcome();

        assertThat(text(connection.next("send"))).isEqualTo("1");
        connection.next("set_summary");
        assertThat(text(connection.next("send"))).isEqualTo("3");
    }

    private static String text(JsonNode send) {
        return PlaintextBody.decode(send.path("ciphertext").asText()).orElseThrow();
    }

    @Test
    void send_unansweredOnABrokenConnection_isRepeatedUnderItsId() throws Exception {
        TestConnection first = connected();
        CompletableFuture<Receipt> sent = client.send(Clients.broadcast("once"));
        JsonNode original = first.next("send");
        first.drop();

        TestConnection second = broker.welcomed();
        JsonNode repeated = second.next("send");
        second.store(repeated, "m1");

        assertThat(repeated.path("client_message_id").asText()).isNotEmpty();
        assertThat(repeated).isEqualTo(original);
        assertThat(Clients.get(sent)).isEqualTo(new Receipt.Stored("m1", null));
        assertThat(second.hasNext(A_WHILE_MILLIS)).isFalse();
    }

    @Test
    void send_answeredBeforeTheBreak_isNotRepeated() throws Exception {
        TestConnection first = connected();
        CompletableFuture<Receipt> sent = client.send(Clients.broadcast("once"));
        first.store(first.next("send"), "m1");
        Clients.get(sent);
        first.drop();

        assertThat(broker.welcomed().hasNext(A_WHILE_MILLIS)).isFalse();
    }

    @Test
    void sends_unanswered_areRepeatedInOrderBeforeNewOnes() throws Exception {
        TestConnection first = connected();
        for (int i = 0; i < 5; i++) {
            client.send(Clients.broadcast("old " + i));
            first.next("send");
        }
        first.drop();
        client.send(Clients.broadcast("new"));

        TestConnection second = broker.welcomed();

        List<String> repeated = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            repeated.add(text(second.next("send")));
        }
        assertThat(repeated).containsExactly("old 0", "old 1", "old 2", "old 3", "old 4", "new");
    }

    @Test
    void send_notAnsweredInTime_timesOut() throws Exception {
        use(Clients.of(broker).sendTimeout(Duration.ofMillis(100)));
        TestConnection connection = connected();
        CompletableFuture<Receipt> sent = client.send(Clients.message("hi"));
        connection.next("send");

        assertThat(Clients.failure(sent)).isInstanceOf(MeshException.TimedOut.class);
    }

    @Test
    void send_timedOutWithoutAConnection_isNeverWritten() throws Exception {
        use(Clients.of(broker).sendTimeout(Duration.ofMillis(50)));
        assertThat(Clients.failure(client.send(Clients.broadcast("late")))).isInstanceOf(MeshException.TimedOut.class);

        assertThat(connected().hasNext(A_WHILE_MILLIS)).isFalse();
    }

    @Test
    void send_timedOut_leavesRoomForOthers() throws Exception {
        use(Clients.of(broker).sendTimeout(Duration.ofMillis(50)));
        List<CompletableFuture<Receipt>> sent = new ArrayList<>();
        for (int i = 0; i < Outgoing.MAX_FRAMES; i++) {
            sent.add(client.send(Clients.broadcast("waits")));
        }
        for (CompletableFuture<Receipt> each : sent) {
            assertThat(Clients.failure(each)).isInstanceOf(MeshException.TimedOut.class);
        }

        assertThat(Clients.failure(client.send(Clients.broadcast("next")))).isInstanceOf(MeshException.TimedOut.class);
    }

    @Test
    void send_tooManyWaiting_failsAtOnce() throws Exception {
        for (int i = 0; i < Outgoing.MAX_FRAMES; i++) {
            client.send(Clients.broadcast("waits"));
        }

        Throwable failure = Clients.failure(client.send(Clients.broadcast("too many")));

        assertThat(failure).isInstanceOf(MeshException.NotConnected.class).hasMessageContaining("too much is waiting");
    }

    @Test
    void send_tooManyCharactersWaiting_failsAtOnce() throws Exception {
        String large = "x".repeat(700_000);
        int fitting = (int) (Outgoing.MAX_CHARS / (large.length() * 4L / 3));
        for (int i = 0; i < fitting; i++) {
            assertThat(client.send(Clients.broadcast(large))).isNotDone();
        }

        assertThat(Clients.failure(client.send(Clients.broadcast(large))))
                .isInstanceOf(MeshException.NotConnected.class);
    }

    @Test
    void sends_unanswered_areBoundedPerConnection() throws Exception {
        TestConnection connection = connected();
        for (int i = 0; i <= Outgoing.MAX_IN_FLIGHT; i++) {
            client.send(Clients.broadcast("m" + i));
        }
        JsonNode first = connection.next("send");
        for (int i = 1; i < Outgoing.MAX_IN_FLIGHT; i++) {
            connection.next("send");
        }
        assertThat(connection.hasNext(A_WHILE_MILLIS)).isFalse();

        connection.store(first, "m");

        assertThat(text(connection.next("send"))).isEqualTo("m" + Outgoing.MAX_IN_FLIGHT);
    }

    @Test
    void send_answeredLate_harmsNothing() throws Exception {
        use(Clients.of(broker).sendTimeout(Duration.ofMillis(300)));
        TestConnection connection = connected();
        CompletableFuture<Receipt> late = client.send(Clients.broadcast("late"));
        JsonNode frame = connection.next("send");
        Clients.failure(late);
        connection.store(frame, "m1");

        CompletableFuture<PeersList> next = client.peers();
        connection.send(
                new PeersList(List.of()),
                connection.next("list_peers").path("_reqId").asText());

        assertThat(Clients.get(next).peers()).isEmpty();
        assertThat(late).isCompletedExceptionally();
    }

    @Test
    void send_toAKeyOutsideTheCurve_namesTheField() throws Exception {
        OutgoingMessage message = new OutgoingMessage("0".repeat(64), "hi", Priority.NOW, null);

        assertThat(Clients.failure(client.send(message)))
                .isInstanceOfSatisfying(
                        MeshException.Invalid.class, e -> assertThat(e.field()).isEqualTo("targetSpec"));
    }

    @Test
    void send_oversizedText_namesTheField() throws Exception {
        assertThat(Clients.failure(client.send(Clients.broadcast("x".repeat(2_000_000)))))
                .isInstanceOfSatisfying(
                        MeshException.Invalid.class, e -> assertThat(e.field()).isEqualTo("text"));
    }

    @Test
    void send_oversizedId_namesTheField() throws Exception {
        OutgoingMessage message = new OutgoingMessage("*", "hi", Priority.NOW, "x".repeat(257));

        assertThat(Clients.failure(client.send(message)))
                .isInstanceOfSatisfying(
                        MeshException.Invalid.class, e -> assertThat(e.field()).isEqualTo("client_message_id"));
    }

    @Test
    void close_withASendUnderWay_waitsForItsAnswer() throws Exception {
        TestConnection connection = connected();
        CompletableFuture<Receipt> sent = client.send(Clients.broadcast("last"));
        CompletableFuture<Void> closed = client.closeGracefully(Duration.ofSeconds(TestBroker.PATIENCE_SECONDS));
        JsonNode frame = connection.next("send");
        assertThat(closed).isNotDone();

        connection.store(frame, "m1");

        Clients.get(closed);
        assertThat(Clients.get(sent)).isEqualTo(new Receipt.Stored("m1", null));
        assertThat(connection.closeCode()).isEqualTo(1000);
    }

    @Test
    void close_withASendUnanswered_failsIt() throws Exception {
        TestConnection connection = connected();
        CompletableFuture<Receipt> sent = client.send(Clients.broadcast("last"));
        connection.next("send");

        Clients.get(client.closeGracefully(Duration.ofMillis(50)));

        assertThat(Clients.failure(sent)).isInstanceOf(MeshException.NotConnected.class);
    }

    @Test
    void send_afterClose_fails() throws Exception {
        connected();
        client.close();

        assertThat(Clients.failure(client.send(Clients.broadcast("no"))))
                .isInstanceOf(MeshException.NotConnected.class);
    }
}
