package com.claudemesh.cli.bridge;

import static com.claudemesh.cli.testing.Peers.key;
import static com.claudemesh.cli.testing.Peers.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.net.OutgoingMessage;
import com.claudemesh.cli.net.Route;
import com.claudemesh.cli.net.SendReceipt;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.frame.GrantsResult;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.ListGrants;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.SetGrants;
import com.claudemesh.protocol.frame.SetVisible;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class BridgeGatewayTest {
    private static final Optional<String> NO_SESSION = Optional.empty();

    @TempDir
    Path directory;

    private TestHost host;
    private Membership mesh;
    private final List<BridgeRequest> asked = new ArrayList<>();

    @BeforeEach
    void joinCrew() {
        host = new TestHost(directory);
        mesh = host.joined("crew");
    }

    private MeshConnection open() {
        return gateway().open(mesh, "carol");
    }

    private BridgeGateway gateway() {
        return new BridgeGateway(host.meshes(), host.services().home(), host.host());
    }

    private Path socket(Optional<String> sessionId) {
        return host.services().home().bridgeSockets("crew", sessionId).get(0);
    }

    private BridgeServer session(Optional<String> sessionId, String displayName, boolean online) throws IOException {
        return BridgeServer.open(socket(sessionId), request -> {
            asked.add(request);
            return CompletableFuture.completedFuture(answer(request, sessionId.orElse("s"), displayName, online));
        });
    }

    private JsonNode answer(BridgeRequest request, String sessionId, String displayName, boolean online) {
        if (request instanceof BridgeRequest.Hello) {
            return new BridgeSession("1", "crew", mesh.meshId(), sessionId, mesh.pubkey(), displayName, online).json();
        }
        if (request instanceof BridgeRequest.Peers) {
            return Json.mapper().valueToTree(List.of(peer("bob", key('b'))));
        }
        if (request instanceof BridgeRequest.Rpc rpc) {
            return rpc.answered() ? Json.mapper().valueToTree(new GrantsResult(Map.of())) : NullNode.getInstance();
        }
        return Output.object().put("messageId", "warm-" + sessionId).put("recipient", "offline");
    }

    private static OutgoingMessage message() {
        return OutgoingMessage.of(key('b'), "hello", Priority.NOW, Optional.of("parent"));
    }

    @Test
    void send_noProcessRuns_isCold() {
        try (MeshConnection connection = open()) {
            assertThat(connection.send(message()).via()).isEqualTo(Route.COLD);
        }
    }

    @Test
    void send_processRuns_usesItsConnection() throws IOException {
        OutgoingMessage message = message();
        try (BridgeServer server = session(NO_SESSION, "carol", true);
                MeshConnection connection = open()) {
            SendReceipt receipt = connection.send(message);

            assertThat(receipt).isEqualTo(new SendReceipt("warm-s", true, Route.WARM));
            assertThat(asked)
                    .contains(new BridgeRequest.Send(
                            key('b'), "hello", Priority.NOW, "parent", message.clientMessageId()));
            assertThat(host.meshes().displayNames()).isEmpty();
            assertThat(server).isNotNull();
        }
    }

    @Test
    void peers_processRuns_usesItsConnection() throws IOException {
        try (BridgeServer server = session(NO_SESSION, "carol", true);
                MeshConnection connection = open()) {
            assertThat(connection.peers()).containsExactly(peer("bob", key('b')));
            assertThat(server).isNotNull();
        }
    }

    @Test
    void ask_processRuns_usesItsConnection() throws IOException {
        SetGrants request = new SetGrants(Collections.singletonMap(key('b'), null));
        try (BridgeServer server = session(NO_SESSION, "carol", true);
                MeshConnection connection = open()) {
            assertThat(connection.ask(request, GrantsResult.class).grants()).isEmpty();
            assertThat(asked).contains(new BridgeRequest.Rpc(request));
            assertThat(server).isNotNull();
        }
    }

    @Test
    void ask_processDies_goesOnAlone() throws IOException {
        host.meshes().answers(ListGrants.class, new GrantsResult(Map.of()));
        BridgeServer server = session(NO_SESSION, "carol", true);
        try (MeshConnection connection = open()) {
            server.close();

            assertThat(connection.ask(new ListGrants(), GrantsResult.class).grants())
                    .isEmpty();
            assertThat(host.meshes().asked()).containsExactly(new ListGrants());
        }
    }

    @Test
    void tellSession_processOfAnotherName_isTold() throws IOException {
        try (BridgeServer server = session(NO_SESSION, "somebody else", true)) {
            gateway().tellSession(mesh, new SetVisible(false));

            assertThat(asked).contains(new BridgeRequest.Rpc(new SetVisible(false)));
            assertThat(server).isNotNull();
        }
    }

    @Test
    void tellSession_noProcessRuns_fails() {
        assertThatThrownBy(() -> gateway().tellSession(mesh, new SetVisible(false)))
                .isInstanceOfSatisfying(
                        CliException.class,
                        failure -> assertThat(failure.token()).isEqualTo("no_session"));
    }

    @Test
    void open_processOfAnotherName_isCold() throws IOException {
        try (BridgeServer server = session(NO_SESSION, "somebody else", true);
                MeshConnection connection = open()) {
            assertThat(connection.send(message()).via()).isEqualTo(Route.COLD);
            assertThat(server).isNotNull();
        }
    }

    @Test
    void open_processWithoutAServer_isCold() throws IOException {
        try (BridgeServer server = session(NO_SESSION, "carol", false);
                MeshConnection connection = open()) {
            assertThat(connection.send(message()).via()).isEqualTo(Route.COLD);
            assertThat(server).isNotNull();
        }
    }

    @Test
    void open_socketOfADeadProcess_isCold() throws IOException {
        Files.createDirectories(socket(NO_SESSION).getParent());
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket(NO_SESSION)));
        }

        try (MeshConnection connection = open()) {
            assertThat(connection.send(message()).via()).isEqualTo(Route.COLD);
        }
    }

    @Test
    void open_insideASession_usesThatSessionsProcess() throws IOException {
        host.with("CLAUDEMESH_SESSION_ID", "mine");
        try (BridgeServer own = session(Optional.of("mine"), "carol", true);
                BridgeServer other = session(NO_SESSION, "carol", true);
                MeshConnection connection = open()) {
            assertThat(connection.send(message()).messageId()).isEqualTo("warm-mine");
            assertThat(List.of(own, other)).doesNotContainNull();
        }
    }

    @Test
    void send_processDies_goesOnAloneWithTheSameMessage() throws IOException {
        OutgoingMessage message = message();
        BridgeServer server = session(NO_SESSION, "carol", true);
        try (MeshConnection connection = open()) {
            server.close();

            assertThat(connection.send(message).via()).isEqualTo(Route.COLD);
            assertThat(host.meshes().sent().get(0).message()).isEqualTo(message);
        }
    }

    @Test
    void send_refused_isNotTriedAgain() throws IOException {
        BridgeServer server = BridgeServer.open(socket(NO_SESSION), request -> {
            if (request instanceof BridgeRequest.Hello) {
                return CompletableFuture.completedFuture(answer(request, "s", "carol", true));
            }
            throw CliException.notFound("no_recipient", "no connected peer for target", "claudemesh peers");
        });
        try (server;
                MeshConnection connection = open()) {
            assertThatThrownBy(() -> connection.send(message()))
                    .isInstanceOfSatisfying(
                            CliException.class,
                            failure -> assertThat(failure.token()).isEqualTo("no_recipient"));
            assertThat(host.meshes().sent()).isEmpty();
        }
    }
}
