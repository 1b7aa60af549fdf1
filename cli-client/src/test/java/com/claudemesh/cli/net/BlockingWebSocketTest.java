package com.claudemesh.cli.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.cli.net.BlockingWebSocket.Incoming;
import com.claudemesh.protocol.Limits;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class BlockingWebSocketTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(50);

    /** A server that follows a script, for one connection. */
    private static final class Scripted implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final CompletableFuture<Void> done;
        private final String answer;

        interface Script {
            void play(DataInputStream in, OutputStream out) throws IOException;
        }

        Scripted(String answer, Script script) throws IOException {
            this.answer = answer;
            done = CompletableFuture.runAsync(() -> serve(script));
        }

        static Scripted accepting(Script script) throws IOException {
            return new Scripted(
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n"
                            + "Sec-WebSocket-Accept: ACCEPTED\r\n\r\n",
                    script);
        }

        private void serve(Script script) {
            try (Socket socket = listener.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                String head = head(in);
                String key = head.replaceAll("(?s).*Sec-WebSocket-Key: (\\S+).*", "$1");
                String text = answer.replace("ACCEPTED", WebSocketHandshake.accepted(key));
                socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                script.play(in, socket.getOutputStream());
                in.readAllBytes();
            } catch (IOException clientLeft) {
                throw new java.io.UncheckedIOException(clientLeft);
            }
        }

        private static String head(DataInputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                head.append((char) in.readByte());
            }
            return head.toString();
        }

        BlockingWebSocket open() throws IOException {
            return BlockingWebSocket.open("ws://127.0.0.1:" + listener.getLocalPort() + "/ws", LONG);
        }

        @Override
        public void close() throws IOException {
            listener.close();
            done.exceptionally(failure -> null).join();
        }
    }

    private static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(payload.length);
        } else if (payload.length <= 0xffff) {
            frame.write(126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >> shift));
            }
        }
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    private static byte[] frame(int first, String payload) {
        return frame(first, payload.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] readFrame(DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte() & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = (int) in.readLong();
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        byte[] all = new byte[length + 1];
        all[0] = (byte) first;
        System.arraycopy(payload, 0, all, 1, length);
        return all;
    }

    private static Incoming receive(byte[]... sent) throws IOException {
        try (Scripted server = Scripted.accepting((in, out) -> {
                    for (byte[] bytes : sent) {
                        out.write(bytes);
                    }
                });
                BlockingWebSocket socket = server.open()) {
            return socket.next(LONG);
        }
    }

    private static void assertBreaksTheProtocol(byte[]... sent) {
        assertThatThrownBy(() -> receive(sent)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 125, 126, 65_535, 65_536, 1_000_000})
    void next_textOfEveryLengthForm_isRead(int length) throws IOException {
        String text = "x".repeat(length);

        assertThat(receive(frame(0x81, text))).isEqualTo(new Incoming.Text(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 125, 126, 65_535, 65_536, 200_000})
    void send_textOfEveryLengthForm_arrivesMasked(int length) throws IOException {
        String text = "ü".repeat(length / 2);
        CompletableFuture<byte[]> arrived = new CompletableFuture<>();
        try (Scripted server = Scripted.accepting((in, out) -> arrived.complete(readFrame(in)));
                BlockingWebSocket socket = server.open()) {
            socket.send(text);

            byte[] frame = arrived.join();
            assertThat(frame[0]).isEqualTo((byte) 0x81);
            assertThat(new String(frame, 1, frame.length - 1, StandardCharsets.UTF_8))
                    .isEqualTo(text);
        }
    }

    @Test
    void next_dividedMessageWithAPingBetween_isPutTogether() throws IOException {
        assertThat(receive(frame(0x01, "one "), frame(0x89, "ping"), frame(0x00, "two "), frame(0x80, "three")))
                .isEqualTo(new Incoming.Text("one two three"));
    }

    @Test
    void next_ping_isAnsweredWithItsPayload() throws IOException {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        try (Scripted server = Scripted.accepting((in, out) -> {
                    out.write(frame(0x89, "are you there"));
                    answer.complete(readFrame(in));
                    out.write(frame(0x81, "good"));
                });
                BlockingWebSocket socket = server.open()) {
            assertThat(socket.next(LONG)).isEqualTo(new Incoming.Text("good"));

            assertThat(answer.join()[0]).isEqualTo((byte) 0x8a);
            assertThat(new String(answer.join(), 1, 13, StandardCharsets.UTF_8)).isEqualTo("are you there");
        }
    }

    @Test
    void next_close_hasItsCodeAndReason() throws IOException {
        byte[] payload = {0x0f, (byte) 0xa1, 'k', 'i', 'c', 'k', 'e', 'd'};

        assertThat(receive(frame(0x88, payload))).isEqualTo(new Incoming.Closed(4001, "kicked"));
        assertThat(receive(frame(0x88, ""))).isEqualTo(new Incoming.Closed(1005, ""));
    }

    @Test
    void next_silence_timesOut() throws IOException {
        try (Scripted server = Scripted.accepting((in, out) -> {});
                BlockingWebSocket socket = server.open()) {
            assertThatThrownBy(() -> socket.next(SHORT)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void next_messageThatStopsHalfway_timesOut() throws IOException {
        byte[] whole = frame(0x81, "whole");
        try (Scripted server = Scripted.accepting((in, out) -> out.write(Arrays.copyOf(whole, 4)));
                BlockingWebSocket socket = server.open()) {
            assertThatThrownBy(() -> socket.next(SHORT)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void next_tooLongForTheProtocol_isRefusedUnread() {
        byte[] head = {(byte) 0x81, 127, 0, 0, 0, 0, 0x7f, 0, 0, 0};
        byte[] negative = {(byte) 0x81, 127, -1, -1, -1, -1, -1, -1, -1, -1};

        assertBreaksTheProtocol(head);
        assertBreaksTheProtocol(negative);
    }

    @Test
    void next_endlessParts_areRefused() {
        byte[] part = new byte[Limits.MAX_FRAME_BYTES / 2];

        assertBreaksTheProtocol(frame(0x01, part), frame(0x00, part), frame(0x00, part));
    }

    @Test
    void next_brokenFrames_areRefused() {
        assertBreaksTheProtocol(frame(0x91, "reserved bit"));
        assertBreaksTheProtocol(frame(0x83, "unknown opcode"));
        assertBreaksTheProtocol(frame(0x80, "nothing to continue"));
        assertBreaksTheProtocol(frame(0x01, "one"), frame(0x81, "begins another"));
        assertBreaksTheProtocol(frame(0x09, "divided ping"));
        assertBreaksTheProtocol(frame(0x89, "x".repeat(126)));
        assertBreaksTheProtocol(new byte[] {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'x'});
        assertBreaksTheProtocol(frame(0x81, new byte[] {(byte) 0xff}));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 404 Not Found\r\n\r\n",
                "HTTP/1.1 200 OK\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ACCEPTED\r\n\r\n",
                "HTTP/1.1 101 S\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n",
                "HTTP/1.1 101 S\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ACCEPTED\r\n\r\n",
                "HTTP/1.1 101 S\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ACCEPTED\r\n"
                        + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void open_anotherAnswer_isRefused(String answer) throws IOException {
        try (Scripted server = new Scripted(answer, (in, out) -> {})) {
            assertThatThrownBy(server::open)
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("no WebSocket");
        }
    }

    @Test
    void open_endlessAnswer_isRefused() throws IOException {
        try (Scripted server = new Scripted("HTTP/1.1 101 S\r\nX: " + "x".repeat(20_000), (in, out) -> {})) {
            assertThatThrownBy(server::open).hasMessageContaining("endless");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1/ws", "ws:nonsense", "nonsense", "ws://a b/"})
    void open_noWebSocketAddress_error(String address) {
        assertThatThrownBy(() -> BlockingWebSocket.open(address, SHORT)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void close_saysGoodbyeFirst() throws IOException {
        CompletableFuture<byte[]> goodbye = new CompletableFuture<>();
        try (Scripted server = Scripted.accepting((in, out) -> goodbye.complete(readFrame(in)))) {
            server.open().close();

            assertThat(goodbye.join()).startsWith(0x88 - 256, 0x03, 0xe8 - 256);
        }
    }
}
