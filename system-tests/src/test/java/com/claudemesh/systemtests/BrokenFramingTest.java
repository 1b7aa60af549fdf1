package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.harness.ByteSocket;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SharedServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Below JSON: who breaks the framing of RFC 6455 is told so and hung up on, and is never waited for with a buffer in hand. */
@ResourceLock(SharedServer.TUNED)
class BrokenFramingTest {
    private static Server server;

    @BeforeAll
    static void start() {
        server = SharedServer.tuned();
    }

    @Test
    void frame_withoutAMask_closesWith1002() throws IOException {
        try (ByteSocket socket = ByteSocket.open(server)) {
            socket.send(new byte[] {(byte) 0x81, 2, '{', '}'});

            assertThat(socket.awaitClose()).isEqualTo(1002);
        }
    }

    @Test
    void frame_ofANegativeLength_closesWith1002() throws IOException {
        try (ByteSocket socket = ByteSocket.open(server)) {
            socket.send(header(-1));

            assertThat(socket.awaitClose()).isEqualTo(1002);
        }
    }

    @Test
    void frame_thatClaimsATebibyteBeforeHello_closesWith1009_withoutRoomBeingMadeForIt() throws Exception {
        try (ByteSocket socket = ByteSocket.open(server)) {
            // Read meanwhile: a close that is still unread is lost when the connection is reset.
            FutureTask<Integer> close = new FutureTask<>(socket::awaitClose);
            new Thread(close, "awaits the close").start();
            socket.send(header(1L << 40));
            sendUntilRefused(socket, 17);

            assertThat(close.get(30, TimeUnit.SECONDS)).isEqualTo(1009);
        }
    }

    /** Whoever has said 1009 need not listen any longer, so the connection may break on the way. */
    private static void sendUntilRefused(ByteSocket socket, int mebibytes) {
        byte[] mebibyte = new byte[1 << 20];
        IOException refused = null;
        for (int i = 0; i < mebibytes && refused == null; i++) {
            try {
                socket.send(mebibyte);
            } catch (IOException e) {
                refused = e;
            }
        }
    }

    @Test
    void frame_thatComesByteByByte_isAnswered() throws IOException {
        try (ByteSocket socket = ByteSocket.open(server)) {
            byte[] json = "{\"type\":\"list_peers\"}".getBytes(StandardCharsets.UTF_8);
            byte[] frame = ByteBuffer.allocate(6 + json.length)
                    .put((byte) 0x81)
                    .put((byte) (0x80 | json.length))
                    .putInt(0)
                    .put(json)
                    .array();
            for (byte one : frame) {
                socket.send(new byte[] {one});
            }

            assertThat(socket.awaitText()).contains("no_hello");
        }
    }

    private static byte[] header(long length) {
        return ByteBuffer.allocate(14)
                .put((byte) 0x81)
                .put((byte) 0xff)
                .putLong(length)
                .putInt(0)
                .array();
    }
}
