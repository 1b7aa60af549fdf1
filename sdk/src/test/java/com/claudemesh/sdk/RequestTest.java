package com.claudemesh.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.protocol.frame.Ack;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.ListPeers;
import com.claudemesh.protocol.frame.PeersList;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.Send;
import com.claudemesh.protocol.frame.ServerFrame;
import com.claudemesh.protocol.frame.SetSummary;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestTest {
    private static final PeersList NOBODY = new PeersList(List.of());
    private static final PeersList SOMEBODY = new PeersList(List.of(new PeersList.PeerInfo(
            "key",
            "key",
            "name",
            "idle",
            null,
            List.of(),
            "s",
            "2026-01-01T00:00:00.000Z",
            "",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null)));

    private final Recorder recorder = new Recorder();
    private TestBroker broker;
    private MeshClient client;
    private TestConnection connection;

    @BeforeEach
    void start() throws Exception {
        broker = new TestBroker();
        connect(Clients.of(broker));
    }

    private void connect(MeshClient.Builder builder) throws Exception {
        client = builder.listener(recorder).build();
        CompletableFuture<?> connecting = client.connect();
        connection = broker.welcomed();
        Clients.get(connecting);
    }

    @AfterEach
    void stop() throws IOException {
        client.closeGracefully(Duration.ZERO);
        broker.close();
    }

    private static String requestId(JsonNode frame) {
        return frame.path("_reqId").asText();
    }

    @Test
    void peers_answered_returnsThem() throws Exception {
        CompletableFuture<PeersList> peers = client.peers();
        connection.send(SOMEBODY, requestId(connection.next("list_peers")));

        assertThat(Clients.get(peers)).isEqualTo(SOMEBODY);
    }

    @Test
    void requests_answeredInAnotherOrder_getTheirOwnAnswers() throws Exception {
        CompletableFuture<PeersList> first = client.peers();
        CompletableFuture<PeersList> second = client.peers();
        String firstId = requestId(connection.next("list_peers"));
        String secondId = requestId(connection.next("list_peers"));

        connection.send(NOBODY, secondId);
        connection.send(SOMEBODY, firstId);

        assertThat(Clients.get(first)).isEqualTo(SOMEBODY);
        assertThat(Clients.get(second)).isEqualTo(NOBODY);
    }

    @Test
    void requests_answeredWithoutId_areAnsweredOldestFirst() throws Exception {
        CompletableFuture<PeersList> first = client.peers();
        CompletableFuture<PeersList> second = client.peers();
        connection.next("list_peers");
        connection.next("list_peers");

        connection.send(SOMEBODY);
        connection.send(NOBODY);

        assertThat(Clients.get(first)).isEqualTo(SOMEBODY);
        assertThat(Clients.get(second)).isEqualTo(NOBODY);
    }

    @Test
    void request_answeredWithAnError_failsWithItsCode() throws Exception {
        CompletableFuture<PeersList> peers = client.peers();
        connection.send(new ErrorFrame("forbidden", "no", null), requestId(connection.next("list_peers")));

        assertThat(Clients.failure(peers))
                .isInstanceOfSatisfying(
                        MeshException.RequestFailed.class,
                        e -> assertThat(e.code()).isEqualTo("forbidden"));
    }

    @Test
    void request_answeredWithAnErrorThatCarriesItsIdAsId_fails() throws Exception {
        CompletableFuture<PeersList> peers = client.peers();
        connection.send(new ErrorFrame("not_found", "no", requestId(connection.next("list_peers"))));

        assertThat(Clients.failure(peers)).isInstanceOf(MeshException.RequestFailed.class);
    }

    @Test
    void request_besideAnErrorForNobody_isNotDisturbed() throws Exception {
        CompletableFuture<PeersList> peers = client.peers();
        String id = requestId(connection.next("list_peers"));
        connection.send(new ErrorFrame("internal_error", "something else", null));
        connection.send(NOBODY, id);

        assertThat(Clients.get(peers)).isEqualTo(NOBODY);
        assertThat(recorder.next(ErrorFrame.class).message()).isEqualTo("something else");
    }

    @Test
    void request_forAnyAnswer_takesAnAck() throws Exception {
        CompletableFuture<ServerFrame> answer = client.request(new ListPeers());
        Ack receipt = Ack.receipt(null);
        connection.send(receipt, requestId(connection.next("list_peers")));

        assertThat(Clients.get(answer)).isEqualTo(receipt);
    }

    @Test
    void request_answeredWithAnotherType_fails() throws Exception {
        CompletableFuture<PeersList> peers = client.peers();
        connection.send(Ack.receipt(null), requestId(connection.next("list_peers")));

        assertThat(Clients.failure(peers))
                .isInstanceOfSatisfying(
                        MeshException.RequestFailed.class,
                        e -> assertThat(e.code()).isEqualTo("unexpected_answer"));
    }

    @Test
    void request_answeredWithAnUnknownType_failsAtOnce() throws Exception {
        CompletableFuture<PeersList> peers = client.peers();
        connection.sendText("{\"type\":\"news\",\"_reqId\":\"" + requestId(connection.next("list_peers")) + "\"}");

        assertThat(Clients.failure(peers))
                .isInstanceOfSatisfying(
                        MeshException.RequestFailed.class,
                        e -> assertThat(e.code()).isEqualTo("unreadable_answer"));
    }

    @Test
    void request_notAnswered_timesOut() throws Exception {
        client.close();
        connect(Clients.of(broker).requestTimeout(Duration.ofMillis(50)));

        assertThat(Clients.failure(client.peers())).isInstanceOf(MeshException.TimedOut.class);
    }

    @Test
    void request_connectionBreaks_fails() throws Exception {
        CompletableFuture<PeersList> peers = client.peers();
        connection.next("list_peers");
        connection.drop();

        assertThat(Clients.failure(peers)).isInstanceOf(MeshException.ConnectionLost.class);
    }

    @Test
    void request_whileDisconnected_isWrittenOnTheNextConnection() throws Exception {
        connection.close(1001, "shutting down");
        recorder.next(Recorder.Retry.class);
        CompletableFuture<PeersList> peers = client.peers();
        TestConnection next = broker.welcomed();
        next.send(NOBODY, requestId(next.next("list_peers")));

        assertThat(Clients.get(peers)).isEqualTo(NOBODY);
    }

    @Test
    void request_kicked_failsWithTheReason() throws Exception {
        CompletableFuture<PeersList> peers = client.peers();
        connection.next("list_peers");
        connection.close(4001, "kicked");

        assertThat(Clients.failure(peers)).isInstanceOf(MeshException.class);
    }

    @Test
    void requests_tooManyUnanswered_failAtOnce() throws Exception {
        for (int i = 0; i < Requests.MAX_PENDING; i++) {
            client.peers();
            connection.next("list_peers");
        }

        assertThat(Clients.failure(client.peers())).isInstanceOf(MeshException.NotConnected.class);
    }

    @Test
    void request_ofASend_isRefused() {
        Send send = Send.of("id", "*", Priority.NOW, "", "");

        assertThatThrownBy(() -> client.request(send)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.tell(send)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tell_written_completes() throws Exception {
        Clients.get(client.tell(new SetSummary("busy")));

        assertThat(connection.next("set_summary").path("summary").asText()).isEqualTo("busy");
    }

    @Test
    void tell_thenClose_isWrittenBeforeTheGoodbye() throws Exception {
        for (int i = 0; i < 100; i++) {
            client.tell(new SetSummary("summary " + i));
        }
        client.close();

        for (int i = 0; i < 100; i++) {
            assertThat(connection.next("set_summary").path("summary").asText()).isEqualTo("summary " + i);
        }
        assertThat(connection.closeCode()).isEqualTo(1000);
    }

    @Test
    void flush_done_everythingBeforeIsWritten() throws Exception {
        CompletableFuture<Void> told = client.tell(new SetSummary("busy"));

        Clients.get(client.flush());

        assertThat(told).isCompleted();
    }

    @Test
    void flush_withoutAConnection_waits() throws Exception {
        MeshClient idle = Clients.of(broker).build();
        CompletableFuture<Void> flushed = idle.flush();
        assertThat(flushed).isNotDone();

        idle.close();

        assertThat(Clients.failure(flushed)).isInstanceOf(MeshException.NotConnected.class);
    }

    @Test
    void frame_unreadable_isIgnored() throws Exception {
        connection.sendText("no json");
        connection.sendText("[]");
        connection.sendText("{\"type\":\"push\",\"priority\":7}");
        CompletableFuture<PeersList> peers = client.peers();
        connection.send(NOBODY, requestId(connection.next("list_peers")));

        assertThat(Clients.get(peers)).isEqualTo(NOBODY);
    }
}
