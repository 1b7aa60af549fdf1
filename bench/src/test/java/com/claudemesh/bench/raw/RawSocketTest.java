package com.claudemesh.bench.raw;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawSocketTest {
    private final EventLoop loop = new EventLoop("test");

    @AfterEach
    void endLoop() {
        loop.close();
    }

    private static byte[] echo(TinyServer.Frame frame) {
        return TinyServer.frame(frame.opcode(), frame.payload());
    }

    private Recorder connect(TinyServer server) {
        Recorder recorder = new Recorder();
        loop.connect(server.address(), "/ws", recorder);
        return recorder;
    }

    private void send(Recorder recorder, byte[] frame) throws Exception {
        RawSocket socket = recorder.opened.get(5, TimeUnit.SECONDS);
        loop.execute(() -> socket.send(frame));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 1_000_000})
    void text_ofAnyLength_comesBackWhole(int length) throws Exception {
        try (TinyServer server = new TinyServer(RawSocketTest::echo)) {
            Recorder recorder = connect(server);
            String text = "é".repeat(length / 2) + "x".repeat(length % 2);

            send(recorder, WebSocketFrame.text(text));

            assertThat(recorder.nextText()).isEqualTo(text);
        }
    }

    @Test
    void frames_manyInOneRound_keepTheirOrder() throws Exception {
        try (TinyServer server = new TinyServer(RawSocketTest::echo)) {
            Recorder recorder = connect(server);
            RawSocket socket = recorder.opened.get(5, TimeUnit.SECONDS);

            loop.execute(() -> {
                for (int i = 0; i < 2_000; i++) {
                    socket.send(WebSocketFrame.text("frame " + i));
                }
            });

            List<String> expected = new ArrayList<>();
            List<String> arrived = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                expected.add("frame " + i);
                arrived.add(recorder.nextText());
            }
            assertThat(arrived).isEqualTo(expected);
        }
    }

    @Test
    void frame_sent_isMasked() throws Exception {
        BlockingQueue<TinyServer.Frame> seen = new LinkedBlockingQueue<>();
        try (TinyServer server = new TinyServer(frame -> {
            seen.add(frame);
            return new byte[0];
        })) {
            send(connect(server), WebSocketFrame.text("hello"));

            assertThat(seen.poll(5, TimeUnit.SECONDS)).satisfies(frame -> {
                assertThat(frame.masked()).isTrue();
                assertThat(frame.text()).isEqualTo("hello");
            });
        }
    }

    @Test
    void ping_fromTheServer_isAnsweredWithItsPayload() throws Exception {
        BlockingQueue<TinyServer.Frame> seen = new LinkedBlockingQueue<>();
        try (TinyServer server = new TinyServer(frame -> {
            seen.add(frame);
            return frame.opcode() == WebSocketFrame.TEXT
                    ? TinyServer.frame(WebSocketFrame.PING, new byte[] {1, 2, 3})
                    : new byte[0];
        })) {
            send(connect(server), WebSocketFrame.text("ping me"));
            seen.poll(5, TimeUnit.SECONDS);

            assertThat(seen.poll(5, TimeUnit.SECONDS)).satisfies(frame -> {
                assertThat(frame.opcode()).isEqualTo(WebSocketFrame.PONG);
                assertThat(frame.payload()).containsExactly(1, 2, 3);
            });
        }
    }

    @Test
    void close_fromTheServer_reportsCodeAndReason() throws Exception {
        byte[] goodbye = {0x03, (byte) 0xf5, 's', 'l', 'o', 'w'};
        try (TinyServer server = new TinyServer(frame -> TinyServer.frame(WebSocketFrame.CLOSE, goodbye))) {
            Recorder recorder = connect(server);
            send(recorder, WebSocketFrame.text("?"));

            assertThat(recorder.closed.get(5, TimeUnit.SECONDS)).isEqualTo(new Recorder.Closed(1013, "slow"));
        }
    }

    @Test
    void handshake_refused_reportsTheStatus() throws Exception {
        try (TinyServer server = new TinyServer(RawSocketTest::echo).refusing("HTTP/1.1 404 Not Found")) {
            Recorder recorder = connect(server);

            assertThat(recorder.closed.get(5, TimeUnit.SECONDS).reason()).contains("404");
            assertThat(recorder.opened).isNotDone();
        }
    }

    @Test
    void connect_nobodyListens_isReportedAsBroken() throws Exception {
        Recorder recorder = new Recorder();

        // No other test can listen there, as on a port that was just given back.
        loop.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), "/ws", recorder);

        assertThat(recorder.closed.get(5, TimeUnit.SECONDS).code()).isEqualTo(RawSocket.BROKEN);
    }

    @Test
    void reading_stopped_deliversNothingUntilItGoesOn() throws Exception {
        try (TinyServer server = new TinyServer(RawSocketTest::echo)) {
            Recorder recorder = connect(server);
            RawSocket socket = recorder.opened.get(5, TimeUnit.SECONDS);
            loop.execute(() -> socket.setReading(false));
            send(recorder, WebSocketFrame.text("late"));
            String early = recorder.nextTextWithin(200);

            loop.execute(() -> socket.setReading(true));

            assertThat(early).isNull();
            assertThat(recorder.nextText()).isEqualTo("late");
        }
    }

    @Test
    void drop_openSocket_endsItOnce() throws Exception {
        try (TinyServer server = new TinyServer(RawSocketTest::echo)) {
            Recorder recorder = connect(server);
            RawSocket socket = recorder.opened.get(5, TimeUnit.SECONDS);

            loop.execute(() -> socket.drop("enough"));

            assertThat(recorder.closed.get(5, TimeUnit.SECONDS))
                    .isEqualTo(new Recorder.Closed(RawSocket.BROKEN, "enough"));
        }
    }
}
