package com.claudemesh.cli.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.encoding.JsonReader;
import com.claudemesh.protocol.frame.Kick;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.SetGrants;
import com.claudemesh.protocol.frame.Status;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class BridgeServerTest {
    @TempDir
    Path directory;

    private Path socket;

    @BeforeEach
    void name() {
        socket = directory.resolve("sockets/crew.sock");
    }

    private BridgeServer serving(BridgeHandler handler) throws IOException {
        return BridgeServer.open(socket, handler);
    }

    private static CompletableFuture<JsonNode> echo(BridgeRequest request) {
        return CompletableFuture.completedFuture(Output.object().put("asked", request.toString()));
    }

    /** A program of somebody else, at the bare socket. */
    private static final class RawClient implements AutoCloseable {
        private final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        private final BufferedReader replies;

        RawClient(Path socket) throws IOException {
            channel.connect(UnixDomainSocketAddress.of(socket));
            replies = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
        }

        RawClient write(String line) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return this;
        }

        JsonNode read() throws IOException {
            return JsonReader.read(replies.readLine()).orElseThrow();
        }

        String readOrEnd() {
            try {
                return String.valueOf(replies.readLine());
            } catch (IOException reset) {
                return "null";
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    @Test
    void open_socketAndDirectory_belongToTheOwnerAlone() throws IOException {
        try (BridgeServer server = serving(BridgeServerTest::echo)) {
            assertThat(server).isNotNull();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void open_leftoverOfADeadProcess_isReplaced() throws IOException {
        Files.createDirectories(socket.getParent());
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket));
        }

        try (BridgeServer server = serving(BridgeServerTest::echo);
                RawClient client = new RawClient(socket)) {
            assertThat(server).isNotNull();
            assertThat(client.write("{\"id\":\"1\",\"verb\":\"ping\"}")
                            .read()
                            .path("ok")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void close_leavesNothingBehind() throws IOException {
        serving(BridgeServerTest::echo).close();

        try (var left = Files.list(socket.getParent())) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void close_socketOfALaterProcess_stays() throws IOException {
        BridgeServer earlier = serving(BridgeServerTest::echo);
        try (BridgeServer later = serving(BridgeServerTest::echo)) {
            earlier.close();

            try (RawClient client = new RawClient(socket)) {
                assertThat(later).isNotNull();
                assertThat(client.write("{\"id\":\"1\",\"verb\":\"ping\"}")
                                .read()
                                .path("ok")
                                .asBoolean())
                        .isTrue();
            }
        }
    }

    @Test
    void request_send_reachesTheHandlerWithItsDefaults() throws IOException {
        List<BridgeRequest> asked = new ArrayList<>();
        try (BridgeServer server = serving(request -> {
                    asked.add(request);
                    return echo(request);
                });
                RawClient client = new RawClient(socket)) {
            client.write("{\"id\":\"a\",\"verb\":\"send\",\"args\":{\"to\":\"bob\",\"message\":\"hi\"}}")
                    .read();

            assertThat(server).isNotNull();
            assertThat(asked).containsExactly(new BridgeRequest.Send("bob", "hi", Priority.NEXT, null, null));
        }
    }

    @ParameterizedTest
    @MethodSource("everyRequest")
    void request_ofEveryKind_survivesTheSocket(BridgeRequest request) {
        assertThat(BridgeCodec.read(BridgeCodec.line("id", request)))
                .isEqualTo(new BridgeCodec.Incoming.Asked("id", request));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"list_peers\"}",
                "{\"type\":\"no_such_type\"}",
                "{\"type\":\"set_status\",\"status\":\"asleep\"}",
                "{}",
                "7"
            })
    void rpc_frameThatVerbsMayNotSay_isRefusedByName(String message) {
        String line = "{\"id\":\"1\",\"verb\":\"rpc\",\"args\":{\"message\":" + message + "}}";

        assertThat(BridgeCodec.read(line))
                .isInstanceOfSatisfying(
                        BridgeCodec.Incoming.Refused.class,
                        refused -> assertThat(refused.problem()).startsWith("message"));
    }

    static Stream<BridgeRequest> everyRequest() {
        return Stream.of(
                new BridgeRequest.Hello(),
                new BridgeRequest.Ping(),
                new BridgeRequest.Peers(),
                new BridgeRequest.Send("bob", "two\nlines", Priority.LOW, "parent", "client-id"),
                new BridgeRequest.Send("bob", "hi", Priority.NEXT, null, null),
                new BridgeRequest.Summary(""),
                new BridgeRequest.StatusSet(Status.WORKING),
                new BridgeRequest.Visible(true),
                new BridgeRequest.Rpc(new Kick(null, 1_000L, null)),
                new BridgeRequest.Rpc(new SetGrants(Collections.singletonMap("b".repeat(64), null))));
    }

    @Test
    void request_slowOne_doesNotHoldUpTheNext() throws IOException {
        CompletableFuture<JsonNode> slow = new CompletableFuture<>();
        try (BridgeServer server = serving(request -> request instanceof BridgeRequest.Peers ? slow : echo(request));
                RawClient client = new RawClient(socket)) {
            client.write("{\"id\":\"slow\",\"verb\":\"peers\"}").write("{\"id\":\"quick\",\"verb\":\"ping\"}");

            assertThat(client.read().path("id").asText()).isEqualTo("quick");
            slow.complete(Output.array());
            assertThat(client.read().path("id").asText()).isEqualTo("slow");
            assertThat(server).isNotNull();
        }
    }

    @Test
    void request_refused_carriesWhatTheVerbShows() throws IOException {
        try (BridgeServer server = serving(request -> {
                    throw CliException.notFound("peer_not_found", "no peer is called \"bob\"", "known: zoe");
                });
                RawClient client = new RawClient(socket)) {
            JsonNode reply = client.write("{\"id\":\"1\",\"verb\":\"ping\"}").read();

            assertThat(server).isNotNull();
            assertThat(reply.path("ok").asBoolean(true)).isFalse();
            assertThat(reply.path("error").asText()).isEqualTo("no peer is called \"bob\"");
            assertThat(reply.path("code").asInt()).isEqualTo(5);
        }
    }

    @Test
    void request_nonsense_isIgnored() throws IOException {
        try (BridgeServer server = serving(BridgeServerTest::echo);
                RawClient client = new RawClient(socket)) {
            client.write("")
                    .write("nonsense")
                    .write("[1]")
                    .write("{\"verb\":\"ping\"}")
                    .write("{\"id\":\"x\"}");
            client.write("{\"id\":\"1\",\"verb\":\"ping\"}");

            assertThat(client.read().path("id").asText()).isEqualTo("1");
            assertThat(server).isNotNull();
        }
    }

    @Test
    void request_unknownVerb_error() throws IOException {
        try (BridgeServer server = serving(BridgeServerTest::echo);
                RawClient client = new RawClient(socket)) {
            assertThat(client.write("{\"id\":\"1\",\"verb\":\"dance\"}")
                            .read()
                            .path("error")
                            .asText())
                    .contains("unknown verb");
            assertThat(server).isNotNull();
        }
    }

    @Test
    void request_wrongType_namesTheField() throws IOException {
        try (BridgeServer server = serving(BridgeServerTest::echo);
                RawClient client = new RawClient(socket)) {
            client.write("{\"id\":\"1\",\"verb\":\"send\",\"args\":{\"to\":7,\"message\":\"hi\"}}");

            assertThat(client.read().path("error").asText()).isEqualTo("to: must be a text");
            assertThat(server).isNotNull();
        }
    }

    @Test
    void request_endlessLine_hangsUp() throws IOException {
        try (BridgeServer server = serving(BridgeServerTest::echo);
                RawClient client = new RawClient(socket)) {
            client.write("x".repeat(BridgeCodec.MAX_LINE_BYTES + 10));

            assertThat(client.readOrEnd()).isEqualTo("null");
            assertThat(server).isNotNull();
        }
    }

    @Test
    void request_moreThanAllowedAtATime_isRefused() throws IOException {
        try (BridgeServer server = serving(request -> new CompletableFuture<>());
                RawClient client = new RawClient(socket)) {
            for (int i = 0; i <= BridgeConnection.MAX_PENDING; i++) {
                client.write("{\"id\":\"" + i + "\",\"verb\":\"ping\"}");
            }

            JsonNode refused = client.read();
            assertThat(refused.path("id").asInt()).isEqualTo(BridgeConnection.MAX_PENDING);
            assertThat(refused.path("token").asText()).isEqualTo("busy");
            assertThat(server).isNotNull();
        }
    }

    @Test
    void connect_moreThanAllowed_isTurnedAway() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        try (BridgeServer server = serving(BridgeServerTest::echo)) {
            for (int i = 0; i < BridgeServer.MAX_CONNECTIONS; i++) {
                RawClient client = new RawClient(socket);
                client.write("{\"id\":\"1\",\"verb\":\"ping\"}").read();
                clients.add(client);
            }
            try (RawClient oneMore = new RawClient(socket)) {
                assertThat(oneMore.readOrEnd()).isEqualTo("null");
            }
            assertThat(server).isNotNull();
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }
}
