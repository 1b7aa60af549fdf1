package com.claudemesh.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.HelloAck;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection's life: it comes back unless it must not. */
class ConnectionTest {
    private static final long A_WHILE_MILLIS = 200;

    private final Recorder recorder = new Recorder();
    private TestBroker broker;

    @BeforeEach
    void start() throws IOException {
        broker = new TestBroker();
    }

    @AfterEach
    void stop() throws IOException {
        broker.close();
    }

    private MeshClient connecting(MeshClient.Builder builder) {
        MeshClient client = builder.listener(recorder).build();
        client.connect();
        return client;
    }

    @Test
    void connection_broken_comesBack() throws Exception {
        try (MeshClient client = connecting(Clients.of(broker))) {
            var first = broker.welcomed();
            recorder.next(HelloAck.class);
            first.drop();

            broker.welcomed();
            recorder.next(HelloAck.class);
            assertThat(client.state()).isEqualTo(ConnectionState.ONLINE);
        }
    }

    @ParameterizedTest
    @CsvSource({"1000,disconnected", "1001,shutting down", "1009,''", "1012,''", "1013,slow reader"})
    void connection_closedForATime_comesBack(int code, String reason) throws Exception {
        try (MeshClient client = connecting(Clients.of(broker))) {
            broker.welcomed().close(code, reason);

            broker.welcomed();
            recorder.next(Recorder.Retry.class);
        }
    }

    @Test
    void connection_refusedByNobodyListening_isTriedAgain() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        broker.close();
        URI url = URI.create("ws://127.0.0.1:" + port + "/ws");
        try (MeshClient client = connecting(Clients.of(url))) {
            Recorder.Retry retry = recorder.next(Recorder.Retry.class);
            assertThat(retry.reason()).isInstanceOf(MeshException.NotConnected.class);

            broker = new TestBroker(port);
            broker.welcomed();
            Clients.get(client.connect());
        }
    }

    @Test
    void connection_replaced_waitsLonger() throws Exception {
        try (MeshClient client = connecting(Clients.of(broker))) {
            broker.welcomed().close(1000, "session_replaced");

            assertThat(recorder.next(Recorder.Retry.class).waitMillis()).isBetween(30_000L, 31_000L);
            assertThat(client.state()).isEqualTo(ConnectionState.WAITING);
        }
    }

    @ParameterizedTest
    @CsvSource({"4001,kicked", "4002,banned"})
    void connection_endedForGood_staysClosed(int code, String reason) throws Exception {
        try (MeshClient client = connecting(Clients.of(broker))) {
            broker.welcomed().close(code, reason);

            assertThat(recorder.next(Recorder.Terminal.class)).isEqualTo(new Recorder.Terminal(code, reason));
            assertThat(broker.isConnectedTo(A_WHILE_MILLIS)).isFalse();
            assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
        }
    }

    @Test
    void send_afterAKick_fails() throws Exception {
        try (MeshClient client = connecting(Clients.of(broker))) {
            broker.welcomed().close(4001, "kicked");
            recorder.next(Recorder.Terminal.class);

            Throwable failure = Clients.failure(client.send(Clients.message("too late")));

            assertThat(failure)
                    .isInstanceOfSatisfying(
                            MeshException.Terminated.class,
                            e -> assertThat(e.closeCode()).isEqualTo(4001));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad_signature", "unauthorized", "malformed", "bad_session_pubkey"})
    void hello_refusedForGood_isNotRepeated(String code) throws Exception {
        try (MeshClient client = connecting(Clients.of(broker))) {
            CompletableFuture<?> connected = client.connect();
            refuse(broker.next(), code, 1008);

            assertThat(Clients.failure(connected))
                    .isInstanceOfSatisfying(
                            MeshException.Handshake.class,
                            e -> assertThat(e.code()).isEqualTo(code));
            assertThat(recorder.next(Recorder.Terminal.class))
                    .isEqualTo(new Recorder.Terminal(1008, "because of " + code));
            assertThat(broker.isConnectedTo(A_WHILE_MILLIS)).isFalse();
        }
    }

    @Test
    void hello_ofARevokedMember_tellsTheServersWords() throws Exception {
        try (MeshClient client = connecting(Clients.of(broker))) {
            TestConnection connection = broker.next();
            connection.hello();
            connection.send(new ErrorFrame("revoked", "your access was revoked", null));
            connection.close(4002, "banned");

            assertThat(recorder.next(Recorder.Terminal.class))
                    .isEqualTo(new Recorder.Terminal(4002, "your access was revoked"));
            assertThat(client.lastFailure()).containsInstanceOf(MeshException.Handshake.class);
        }
    }

    /** A reset can make the client lose the refusal that came before it, so that it may take more than one. */
    @Test
    void hello_refusedForGoodAndCutOff_isNotRepeatedForEver() throws Exception {
        broker.playEach(connection -> {
            connection.hello();
            connection.send(new ErrorFrame("unauthorized", "not a member", null));
            connection.drop();
        });
        try (MeshClient client = connecting(Clients.of(broker))) {
            assertThat(recorder.next(Recorder.Terminal.class)).isEqualTo(new Recorder.Terminal(1008, "not a member"));
            assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"capacity", "timestamp_skew", "hello_timeout", "something_new"})
    void hello_refusedForATime_isRepeated(String code) throws Exception {
        try (MeshClient client = connecting(Clients.of(broker))) {
            refuse(broker.next(), code, 1008);
            broker.welcomed();

            Clients.get(client.connect());
            assertThat(recorder.next(Recorder.Retry.class).reason())
                    .isInstanceOfSatisfying(
                            MeshException.Handshake.class,
                            e -> assertThat(e.code()).isEqualTo(code));
        }
    }

    @Test
    void hello_acceptedAfterAnError_isNotRefusedLater() throws Exception {
        try (MeshClient client = connecting(Clients.of(broker))) {
            TestConnection connection = broker.next();
            connection.hello();
            connection.send(new ErrorFrame("unauthorized", "for a moment", null));
            connection.welcome();
            Clients.get(client.connect());
            connection.close(1001, "shutting down");

            assertThat(recorder.next(Recorder.Retry.class).reason()).isInstanceOf(MeshException.NotConnected.class);
        }
    }

    private static void refuse(TestConnection connection, String code, int closeCode) throws InterruptedException {
        connection.hello();
        connection.send(new ErrorFrame(code, "because of " + code, null));
        connection.close(closeCode, code);
    }

    @Test
    void hello_notAnswered_isRepeatedOnANewConnection() throws Exception {
        Timings impatient = new Timings(10_000, 500, 30_000, 75_000, 20, 2_000);
        try (MeshClient client = connecting(Clients.of(broker).timings(impatient))) {
            broker.next().hello();

            broker.next().hello();
            assertThat(client.state()).isNotEqualTo(ConnectionState.CLOSED);
        }
    }

    @Test
    void connection_withoutReconnect_endsAtTheFirstFailure() throws Exception {
        try (MeshClient client = connecting(Clients.of(broker).reconnect(false))) {
            CompletableFuture<?> connected = client.connect();
            refuse(broker.next(), "capacity", 1008);

            assertThat(Clients.failure(connected)).isInstanceOf(MeshException.Handshake.class);
            assertThat(recorder.next(Recorder.Terminal.class).closeCode()).isEqualTo(1008);
            assertThat(broker.isConnectedTo(A_WHILE_MILLIS)).isFalse();
        }
    }

    @Test
    void connection_silent_isReplaced() throws Exception {
        Timings watchful = new Timings(10_000, 10_000, 20, 200, 20, 2_000);
        try (MeshClient client = connecting(Clients.of(broker).timings(watchful))) {
            TestConnection silent = broker.next();
            silent.mute();
            silent.welcome();

            broker.welcomed();
            assertThat(recorder.next(Recorder.Retry.class).reason()).hasMessageContaining("nothing was heard");
            assertThat(client.state()).isNotEqualTo(ConnectionState.CLOSED);
        }
    }

    @Test
    void connection_answeringPings_isKept() throws Exception {
        Timings watchful = new Timings(10_000, 10_000, 100, 1_000, 20, 2_000);
        try (MeshClient client = connecting(Clients.of(broker).timings(watchful))) {
            TestConnection quiet = broker.welcomed();

            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2 * watchful.silence());
            while (System.nanoTime() < end) {
                assertThat(quiet.isPinged()).isTrue();
            }
            assertThat(client.state()).isEqualTo(ConnectionState.ONLINE);
        }
        assertThat(broker.isConnectedTo(0)).isFalse();
    }

    @Test
    void states_overALife_areReportedInOrder() throws Exception {
        MeshClient client = connecting(Clients.of(broker));
        broker.welcomed().close(1001, "shutting down");
        broker.welcomed();
        Clients.get(client.connect());
        for (ConnectionState expected : new ConnectionState[] {
            ConnectionState.CONNECTING, ConnectionState.ONLINE, ConnectionState.WAITING, ConnectionState.CONNECTING
        }) {
            assertThat(recorder.next(ConnectionState.class)).isEqualTo(expected);
        }
        recorder.next(ConnectionState.class);
        client.close();

        assertThat(recorder.next(ConnectionState.class)).isEqualTo(ConnectionState.CLOSED);
    }

    @Test
    void close_beforeConnecting_failsWhatWaits() throws Exception {
        MeshClient client = Clients.of(broker).build();
        CompletableFuture<Receipt> sent = client.send(Clients.message("never"));

        client.close();

        assertThat(Clients.failure(sent)).isInstanceOf(MeshException.NotConnected.class);
        assertThat(Clients.failure(client.connect())).isInstanceOf(MeshException.NotConnected.class);
    }

    @Test
    void close_online_saysGoodbye() throws Exception {
        MeshClient client = connecting(Clients.of(broker));
        TestConnection connection = broker.welcomed();
        Clients.get(client.connect());

        client.close();

        assertThat(connection.closeCode()).isEqualTo(1000);
    }

    @Test
    void close_whileWaitingToReconnect_connectsNoMore() throws Exception {
        MeshClient client = connecting(Clients.of(broker).backoff(() -> new Backoff(new HighestNumbers())));
        broker.welcomed().close(1001, "shutting down");
        recorder.next(Recorder.Retry.class);

        client.closeGracefully(Duration.ZERO).get();

        assertThat(broker.isConnectedTo(A_WHILE_MILLIS)).isFalse();
    }
}
