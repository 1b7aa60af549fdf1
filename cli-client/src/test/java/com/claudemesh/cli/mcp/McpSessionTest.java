package com.claudemesh.cli.mcp;

import static com.claudemesh.cli.mcp.Arrivals.event;
import static com.claudemesh.cli.mcp.Arrivals.message;
import static com.claudemesh.cli.testing.Peers.key;
import static com.claudemesh.cli.testing.Peers.peer;
import static com.claudemesh.cli.testing.Peers.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.config.FileGuard;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.MessageMode;
import com.claudemesh.cli.config.SessionIdentity;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.frame.Grant;
import com.claudemesh.protocol.frame.PeerStats;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.SetStats;
import com.claudemesh.sdk.IncomingMessage.Kind;
import com.claudemesh.sdk.StoredMessage;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class McpSessionTest {
    private static final Duration LONG = Duration.ofSeconds(5);

    @TempDir
    Path home;

    private TestHost host;
    private Membership crew;
    private McpBench bench;

    @BeforeEach
    void join() {
        host = new TestHost(home);
        crew = host.joined("crew");
    }

    private McpBench started() throws IOException {
        bench = new McpBench(host).start();
        return bench;
    }

    private McpBench startedIn(MessageMode mode) throws IOException {
        SessionIdentity who = new SessionIdentity("carol", Optional.empty(), List.of(), mode);
        host.services().configFile().save(ClientConfig.ofSession(crew, who));
        return started();
    }

    @AfterEach
    void stop() throws IOException {
        bench.close();
    }

    private void arrives(String id, String text) {
        bench.link("crew").listener().onMessage(message(id, text));
    }

    private String nextContent() {
        JsonNode line = bench.next();
        assertThat(line.path("method").asText()).isEqualTo("notifications/claude/channel");
        return line.at("/params/content").asText();
    }

    private JsonNode nextMeta() {
        return bench.next().at("/params/meta");
    }

    @Test
    void message_hostReady_isShownInOrder() throws IOException {
        started().shakeHands();

        arrives("m1", "one");
        arrives("m2", "two");

        assertThat(nextContent()).isEqualTo("bob: one");
        assertThat(nextContent()).isEqualTo("bob: two");
    }

    @Test
    void message_ofBlockedMember_isNotShown() throws IOException {
        host.services().grantsFile().store("crew", Map.of(key('b'), List.of()));
        started().shakeHands();

        arrives("m1", "psst");
        host.services().grantsFile().store("crew", Map.of());
        arrives("m2", "hello");

        assertThat(nextContent()).isEqualTo("bob: hello");
    }

    @Test
    void message_ofBlockedSession_isNotShown() throws IOException {
        host.services().grantsFile().store("crew", Map.of(key('1'), List.of(Grant.BROADCAST)));
        started().shakeHands();

        arrives("m1", "psst");
        bench.link("crew").listener().onMessage(message("m2", "to all", Priority.NEXT, Kind.BROADCAST, "*", null));

        assertThat(nextContent()).isEqualTo("bob (broadcast): to all");
    }

    @Test
    void message_memberGrant_outranksThatOfTheSession() throws IOException {
        host.services().grantsFile().store("crew", Map.of(key('1'), List.of(), key('b'), List.of(Grant.DM)));
        started().shakeHands();

        arrives("m1", "hello");

        assertThat(nextContent()).isEqualTo("bob: hello");
    }

    @Test
    void message_broadcastNotGranted_isNotShown() throws IOException {
        host.services().grantsFile().store("crew", Map.of(key('b'), List.of(Grant.DM)));
        started().shakeHands();

        bench.link("crew").listener().onMessage(message("m1", "hey", Priority.NEXT, Kind.GROUP, "@qa", null));
        arrives("m2", "hello");

        assertThat(nextContent()).isEqualTo("bob: hello");
    }

    @Test
    void message_unreadableGrants_isShown() throws IOException {
        Files.createDirectories(home.resolve(".claudemesh/grants.json"));
        started().shakeHands();

        arrives("m1", "hello");

        assertThat(nextContent()).isEqualTo("bob: hello");
    }

    @Test
    void message_beforeTheHostIsReady_waits() throws IOException {
        started();
        arrives("m1", "early");
        bench.sync();
        assertThat(bench.silent()).isTrue();

        bench.ask("""
                {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}""");
        bench.timer().pass(LONG);
        bench.sync();
        assertThat(bench.silent()).isTrue();

        bench.write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        assertThat(nextContent()).isEqualTo("bob: early");
    }

    @Test
    void message_hostAsksForToolsWithoutSayingReady_isShown() throws IOException {
        started();
        bench.ask("""
                {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}""");
        arrives("m1", "one");

        bench.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");

        assertThat(nextContent()).isEqualTo("bob: one");
    }

    @Test
    void message_noHostAtAll_isShownAfterAWhile() throws IOException {
        started();
        arrives("m1", "one");

        bench.timer().pass(LONG);

        assertThat(nextContent()).isEqualTo("bob: one");
    }

    @Test
    void message_moreThanCanWait_theOldestAreLeftToTheInbox() throws IOException {
        started();
        for (int i = 0; i <= ChannelGate.MAX_HELD; i++) {
            arrives("m" + i, "text " + i);
        }

        bench.timer().pass(LONG);

        assertThat(nextContent()).isEqualTo("bob: text 1");
    }

    @Test
    void message_shownToAHost_countsAsRead() throws IOException {
        started().shakeHands();
        bench.inbox().add(message("m1", "one"));

        arrives("m1", "one");
        bench.timer().pass(LONG);

        assertThat(bench.inbox().list("mesh-crew", 10, false))
                .extracting(StoredMessage::seen)
                .containsExactly(true);
    }

    @Test
    void message_shownToNobody_staysUnread() throws IOException {
        started();
        bench.inbox().add(message("m1", "one"));

        arrives("m1", "one");
        bench.timer().pass(LONG);

        assertThat(bench.inbox().list("mesh-crew", 10, true)).hasSize(1);
    }

    @Test
    void message_modeInbox_isOnlyAnnounced() throws IOException {
        startedIn(MessageMode.inbox).shakeHands();

        arrives("m1", "secret plan");

        JsonNode params = bench.next().path("params");
        assertThat(params.path("content").asText()).doesNotContain("secret").contains("claudemesh inbox");
        assertThat(params.at("/meta/kind").asText()).isEqualTo("inbox_notification");
        assertThat(params.at("/meta/message_id").asText()).isEqualTo("m1");
    }

    @Test
    void events_modeOff_areSilent() throws IOException {
        startedIn(MessageMode.off).shakeHands();

        arrives("m1", "one");
        bench.link("crew").listener().onSystem(event("peer_joined", "{\"name\":\"bob\"}"));
        bench.link("crew").goOnline();
        bench.timer().pass(LONG);

        bench.sync();
        assertThat(bench.silent()).isTrue();
    }

    @Test
    void systemEvent_isShown() throws IOException {
        started().shakeHands();

        bench.link("crew").listener().onSystem(event("peer_joined", "{\"name\":\"bob\",\"pubkey\":\"b\"}"));

        assertThat(nextContent()).isEqualTo("[system] Peer \"bob\" joined the mesh");
    }

    @Test
    void welcome_hostReadyAndConnected_saysWhoIsThereAndWhatWaits() throws IOException {
        started();
        bench.inbox().add(message("m1", "read me"));
        bench.link("crew")
                .goOnline(
                        peer("bob", key('b')),
                        session(
                                "carol",
                                FakeMeshLinks.SESSION_KEY,
                                crew.pubkey(),
                                bench.who().sessionId(),
                                "claude-code"),
                        session("carol", key('8'), crew.pubkey(), "one-shot", "cli"));
        bench.shakeHands();
        assertThat(bench.silent()).isTrue();

        bench.timer().pass(LONG);

        JsonNode params = bench.next().path("params");
        assertThat(params.path("content").asText())
                .contains("Connected as carol (55555555) to mesh crew. 1 peer(s) online: bob.")
                .contains("- bob: read me");
        assertThat(params.at("/meta/kind").asText()).isEqualTo("welcome");
        assertThat(params.at("/meta/peer_names").asText()).isEqualTo("[\"bob\"]");
        assertThat(params.at("/meta/unread_count").asText()).isEqualTo("1");
        assertThat(params.at("/meta/latest_message_ids").asText()).isEqualTo("[\"m1\"]");
    }

    @Test
    void welcome_connectedLater_comesThenAndOnlyOnce() throws IOException {
        started().shakeHands();
        bench.timer().pass(LONG);
        assertThat(bench.silent()).isTrue();

        bench.link("crew").goOnline();
        bench.link("crew").goOnline();

        assertThat(nextMeta().path("kind").asText()).isEqualTo("welcome");
        bench.sync();
        assertThat(bench.silent()).isTrue();
    }

    @Test
    void senderName_notPushed_isLookedUpAmongThePeers() throws IOException {
        started().shakeHands();
        bench.link("crew").goOnline(session("bob", key('1'), key('b'), "s", "claude-code"));
        bench.timer().pass(Duration.ofSeconds(2));

        bench.link("crew")
                .listener()
                .onMessage(new com.claudemesh.sdk.IncomingMessage(
                        "mesh-crew",
                        "m1",
                        key('1'),
                        null,
                        null,
                        com.claudemesh.protocol.frame.Priority.NEXT,
                        "",
                        "",
                        com.claudemesh.sdk.IncomingMessage.Kind.DIRECT,
                        null,
                        "hi",
                        true,
                        null,
                        null,
                        null));

        assertThat(nextContent()).isEqualTo("bob: hi");
    }

    @Test
    void peers_seen_areKeptForTheStatusLine() throws IOException {
        started();
        bench.link("crew").goOnline(peer("bob", key('b')));

        bench.timer().pass(Duration.ofSeconds(2));

        assertThat(host.services().peerCache().counts("crew").orElseThrow().online())
                .isEqualTo(1);
    }

    @Test
    void statistics_areReportedEveryMinute() throws IOException {
        started();
        bench.link("crew").goOnline();
        arrives("m1", "one");

        bench.timer().pass(Duration.ofSeconds(61));

        assertThat(bench.link("crew").told())
                .containsExactly(new SetStats(new PeerStats(1L, 0L, null, BigDecimal.ZERO, 0L)));
    }

    @Test
    void mesh_thatCannotBeUsed_isLeftOutAndTheOthersWork() throws IOException {
        host.joined("lab");
        bench = new McpBench(host);
        bench.links().damage("lab");
        bench.start().shakeHands();

        arrives("m1", "one");

        assertThat(nextContent()).isEqualTo("bob: one");
        assertThat(host.err()).contains("lab: left out");
    }

    @Test
    void connect_anInboxVerbReceives_waitsForItsEnd() throws IOException {
        Optional<FileGuard> verb = FileGuard.tryAcquire(host.services().home().receiverLock("crew"));
        started();
        assertThat(bench.link("crew").connecting()).isFalse();

        verb.orElseThrow().close();
        bench.timer().pass(Duration.ofSeconds(1));

        assertThat(bench.link("crew").connecting()).isTrue();
    }

    @Test
    void session_connected_keepsInboxVerbsFromReceiving() throws IOException {
        started();

        assertThat(FileGuard.tryAcquire(host.services().home().receiverLock("crew")))
                .isEmpty();
    }

    @Test
    void kicked_inboxVerbsMayReceiveAgain() throws IOException {
        started();

        bench.link("crew").listener().onTerminal(4001, "kicked");

        Optional<FileGuard> verb = FileGuard.tryAcquire(host.services().home().receiverLock("crew"));
        assertThat(verb).isPresent();
        verb.get().close();
        assertThat(host.err()).contains("crew").contains("4001 kicked");
    }

    @Test
    void hostHangsUp_saysGoodbye() throws Exception {
        started().hangUp();

        bench.close();

        assertThat(bench.link("crew").closed()).isTrue();
        assertThat(host.services()
                        .home()
                        .bridgeSockets("crew", Optional.empty())
                        .get(0))
                .doesNotExist();
    }
}
