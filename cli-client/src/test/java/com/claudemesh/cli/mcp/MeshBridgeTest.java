package com.claudemesh.cli.mcp;

import static com.claudemesh.cli.testing.Peers.key;
import static com.claudemesh.cli.testing.Peers.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.bridge.BridgeGateway;
import com.claudemesh.cli.bridge.BridgeRequest;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.net.Route;
import com.claudemesh.cli.rest.RestSession;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.frame.Ban;
import com.claudemesh.protocol.frame.BanAck;
import com.claudemesh.protocol.frame.JoinGroup;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.SetStatus;
import com.claudemesh.protocol.frame.SetSummary;
import com.claudemesh.protocol.frame.SetVisible;
import com.claudemesh.protocol.frame.Status;
import com.claudemesh.sdk.MeshException;
import com.claudemesh.sdk.OutgoingMessage;
import com.claudemesh.sdk.Receipt;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class MeshBridgeTest {
    @TempDir
    Path home;

    private TestHost host;
    private Membership crew;
    private McpBench bench;

    @BeforeEach
    void start() throws IOException {
        host = new TestHost(home);
        crew = host.joined("crew");
        bench = new McpBench(host).start();
        bench.link("crew").goOnline(peer("bob", key('b')));
    }

    @AfterEach
    void stop() throws IOException {
        bench.close();
    }

    private MeshBridge bridge() {
        return new MeshBridge(
                crew,
                bench.who(),
                bench.link("crew"),
                host.services().peerCache(),
                bench.inbox(),
                new StatsReport(
                        bench.link("crew"),
                        bench.timer(),
                        host.host().clock(),
                        new Diagnostics(host.host().err())),
                new TopicSession(
                        crew,
                        bench.link("crew"),
                        new TopicServices(
                                host.services().topicKeys(),
                                Runnable::run,
                                (mesh, desk) -> RestSession.using(
                                        desk, host.services(), mesh, TopicServices.PURPOSE, text -> {})),
                        bench.timer(),
                        new Diagnostics(host.host().err()),
                        message -> {}));
    }

    private JsonNode ask(BridgeRequest request) {
        return bridge().answer(request).join();
    }

    private static BridgeRequest.Send send(String to) {
        return new BridgeRequest.Send(to, "hello", Priority.NOW, "parent", "client-id");
    }

    @Test
    void send_name_isResolvedAndSent() {
        JsonNode result = ask(send("bob"));

        assertThat(bench.link("crew").sent())
                .containsExactly(
                        new OutgoingMessage(key('b'), "hello", Priority.NOW, "client-id", "parent", List.of()));
        assertThat(result.path("messageId").asText()).isEqualTo("message-id");
        assertThat(result.path("target").asText()).isEqualTo(key('b'));
        assertThat(result.has("recipient")).isFalse();
    }

    @Test
    void send_recipientOffline_isSaid() {
        bench.link("crew").answers(new Receipt.Stored("message-id", "offline"));

        assertThat(ask(send("bob")).path("recipient").asText()).isEqualTo("offline");
    }

    @Test
    void send_unknownName_failsLikeTheVerb() {
        assertThatThrownBy(() -> ask(send("zoe")))
                .isInstanceOfSatisfying(
                        CliException.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.NOT_FOUND));
    }

    @Test
    void send_refused_failsLikeTheVerb() {
        bench.link("crew").answers(new Receipt.Refused("blocked by recipient grants"));

        assertThatThrownBy(() -> ask(send("bob")))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        CliException.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.PERMISSION_DENIED));
    }

    @Test
    void summaryStatusAndVisibility_areTold() {
        ask(new BridgeRequest.Summary("writing tests"));
        ask(new BridgeRequest.StatusSet(Status.DND));
        JsonNode result = ask(new BridgeRequest.Visible(false));

        assertThat(bench.link("crew").told())
                .containsExactly(new SetSummary("writing tests"), new SetStatus(Status.DND), new SetVisible(false));
        assertThat(result.toString()).isEqualTo("{\"visible\":false}");
    }

    @Test
    void rpc_silentFrame_isToldWithoutAnAnswer() {
        JsonNode result = ask(new BridgeRequest.Rpc(new JoinGroup("qa", "lead")));

        assertThat(bench.link("crew").told()).containsExactly(new JoinGroup("qa", "lead"));
        assertThat(result.isNull()).isTrue();
    }

    @Test
    void rpc_request_isAnsweredByTheServersFrame() {
        bench.link("crew").answersRequests(CompletableFuture.completedFuture(new BanAck("bob")));

        JsonNode result = ask(new BridgeRequest.Rpc(new Ban("bob")));

        assertThat(bench.link("crew").asked()).containsExactly(new Ban("bob"));
        assertThat(result.toString()).isEqualTo("{\"type\":\"ban_ack\",\"banned\":\"bob\"}");
    }

    @Test
    void rpc_forbidden_failsLikeTheVerb() {
        bench.link("crew")
                .answersRequests(
                        CompletableFuture.failedFuture(new MeshException.RequestFailed("forbidden", "admins only")));

        assertThatThrownBy(() -> ask(new BridgeRequest.Rpc(new Ban("bob"))))
                .cause()
                .isInstanceOfSatisfying(
                        CliException.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.PERMISSION_DENIED));
    }

    @Test
    void ping_countsPeersAndUnreadMessages() throws IOException {
        bench.inbox().add(Arrivals.message("m1", "one"));

        JsonNode result = ask(new BridgeRequest.Ping());

        assertThat(result.path("ws_status").asText()).isEqualTo("open");
        assertThat(result.path("peers_online").asInt()).isEqualTo(1);
        assertThat(result.path("push_buffer").asInt()).isEqualTo(1);
    }

    @Test
    void verb_whileTheProcessRuns_usesItsConnection() {
        BridgeGateway gateway = new BridgeGateway(host.meshes(), host.services().home(), host.host());

        try (MeshConnection connection = gateway.open(crew, "carol")) {
            assertThat(connection.peers()).containsExactly(peer("bob", key('b')));
            assertThat(connection
                            .send(com.claudemesh.cli.net.OutgoingMessage.of(
                                    key('b'), "hello", Priority.NEXT, Optional.empty()))
                            .via())
                    .isEqualTo(Route.WARM);
        }
    }
}
