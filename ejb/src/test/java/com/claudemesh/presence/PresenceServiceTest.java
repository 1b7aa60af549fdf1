package com.claudemesh.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.PeerStats;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import com.claudemesh.protocol.frame.SetProfile;
import com.claudemesh.protocol.frame.Status;
import com.claudemesh.testing.TestDatabase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What peers say about themselves, as others see it: wire protocol §2.2, §2.3 and the peer events of §3.4. */
class PresenceServiceTest {
    private static DataSource database;

    private final PresenceWorld world = new PresenceWorld(database, "alice", "bob");
    private final Roster roster = new Roster(world.registry);

    @BeforeAll
    static void migrate() {
        database = TestDatabase.fresh();
    }

    @Test
    void list_showsWhatThePeerSaid() {
        Peer alice = world.member("alice").connect().peer();
        Peer bob = world.member("bob").connect().peer();
        world.service.setStatus(alice, Status.WORKING);
        world.service.setSummary(alice, "reviewing");
        world.service.setProfile(alice, new SetProfile(null, "Reviewer", null, List.of("java")));
        world.service.setStats(alice, new PeerStats(1L, 2L, null, new BigDecimal("3.5"), null));
        world.service.joinGroup(alice, new GroupLabel("eng", "lead"));

        PeerInfo seen = roster.seenBy(bob).peers().get(0);

        assertThat(seen.status()).isEqualTo("working");
        assertThat(seen.summary()).isEqualTo("reviewing");
        assertThat(seen.profile().toString()).isEqualTo("{\"title\":\"Reviewer\",\"capabilities\":[\"java\"]}");
        assertThat(seen.stats().toString()).isEqualTo("{\"messagesIn\":1,\"messagesOut\":2,\"uptime\":3.5}");
        assertThat(seen.groups()).contains(new GroupLabel("eng", "lead"));
        assertThat(seen.visible()).isTrue();
        assertThat(seen.peerRole()).isEqualTo("session");
        assertThat(seen.memberPubkey()).isEqualTo(world.key("alice"));
    }

    @Test
    void list_ofANewPeer_leavesOutWhatItNeverSaid() {
        Peer alice = world.member("alice").connect().peer();

        PeerInfo self = roster.seenBy(alice).peers().get(0);

        assertThat(self.status()).isEqualTo("idle");
        assertThat(self.summary()).isNull();
        assertThat(self.stats()).isNull();
        assertThat(self.profile()).isNull();
    }

    @Test
    void list_isOrderedByConnectTimeAndKeepsThatOrderOverAReturn() {
        SigningKeyPair session = SigningKeyPair.generate();
        Peer first = world.member("alice").connectSession(session).peer();
        world.clock.passSeconds(1);
        Peer second = world.member("bob").connect().peer();
        world.clock.passSeconds(1);
        world.socketClosed(first);
        world.member("alice").connectSession(session);

        assertThat(roster.seenBy(second).peers())
                .extracting(PeerInfo::pubkey)
                .containsExactly(session.publicHex(), world.key("bob"));
    }

    @Test
    void hiddenPeer_isListedForItsOwnMemberOnly() {
        Peer hidden = world.member("alice").connect().peer();
        Peer sibling = world.member("alice").connect().peer();
        Peer bob = world.member("bob").connect().peer();

        world.service.setVisible(hidden, false);

        assertThat(roster.seenBy(bob).peers()).hasSize(2);
        assertThat(roster.seenBy(sibling).peers()).hasSize(3);
        assertThat(roster.seenBy(hidden).peers()).hasSize(3).anyMatch(peer -> !peer.visible());
    }

    @Test
    void commandThatFetchesItsMessages_isNeitherListedNorAnnounced() {
        Peer bob = world.member("bob").connect().peer();

        Peer command = world.member("alice").channel("cli").connect().peer();
        world.socketClosed(command);

        assertThat(roster.seenBy(bob).peers()).hasSize(1);
        assertThat(TestPeers.channelOf(bob).events()).isEmpty();
        assertThat(command.receivesMessages()).isTrue();
    }

    @Test
    void setVisible_tellsEverybodyElseOncePerChange() {
        Peer alice = world.member("alice").connect().peer();
        Peer sibling = world.member("alice").connect().peer();
        Peer bob = world.member("bob").connect().peer();

        world.service.setVisible(alice, true);
        world.service.setVisible(alice, false);
        world.service.setVisible(alice, true);

        assertThat(TestPeers.channelOf(bob).events()).containsExactly("peer_hidden", "peer_visible");
        assertThat(TestPeers.channelOf(sibling).events()).contains("peer_hidden", "peer_visible");
        assertThat(TestPeers.channelOf(alice).events()).doesNotContain("peer_hidden", "peer_visible");
        assertThat(TestPeers.channelOf(bob)
                        .last()
                        .path("eventData")
                        .path("pubkey")
                        .asText())
                .isEqualTo(world.key("alice"));
    }

    @Test
    void setVisible_tellsTheObserversOfAChangeOnly() {
        List<Boolean> seen = new ArrayList<>();
        Peer alice = world.member("alice").connect().peer();
        world.observers.add(peer -> seen.add(peer.visible()));

        world.service.setVisible(alice, true);
        world.service.setVisible(alice, false);

        assertThat(seen).containsExactly(false);
    }

    @Test
    void hiddenPeer_comesAndGoesUnannouncedAndStillHearsOfOthers() {
        Peer first = world.member("alice").connect().peer();
        world.service.setVisible(first, false);
        world.socketClosed(first);
        Peer bob = world.member("bob").connect().peer();

        Peer hidden = world.member("alice").connect().peer();
        Peer visitor = world.member("bob").connect().peer();
        world.socketClosed(visitor);
        world.socketClosed(hidden);

        assertThat(TestPeers.channelOf(bob).events()).isEmpty();
        assertThat(TestPeers.channelOf(hidden).events()).containsExactly("peer_joined", "peer_left");
    }

    @Test
    void joining_tellsOtherMembersOnly_butASessionIsToldToItsSiblingsToo() {
        Peer sibling = world.member("alice").connect().peer();
        Peer bob = world.member("bob").connect().peer();

        Peer plain = world.member("alice").connect().peer();
        assertThat(TestPeers.channelOf(sibling).events()).containsExactly("peer_joined");
        world.socketClosed(plain);
        world.member("alice").connectSession(SigningKeyPair.generate());

        assertThat(TestPeers.channelOf(bob).events()).containsExactly("peer_joined", "peer_left", "peer_returned");
        assertThat(TestPeers.channelOf(sibling).events()).containsExactly("peer_joined", "peer_returned");
    }

    @Test
    void changesThatCostMore_areLimitedPerMember() {
        Peer alice = world.member("alice").connect().peer();
        Peer bob = world.member("bob").connect().peer();
        for (int i = 0; i < 3; i++) {
            assertThat(world.service.setVisible(alice, i % 2 == 0)).isEqualTo(PresenceService.Outcome.Done.DONE);
        }

        assertThat(world.service.setVisible(alice, false))
                .isInstanceOfSatisfying(
                        PresenceService.Outcome.RateLimited.class,
                        limited -> assertThat(limited.retryAfterMillis()).isBetween(1L, 1_000L));
        assertThat(world.service.setProfile(alice, new SetProfile("x", null, null, null)))
                .isInstanceOf(PresenceService.Outcome.RateLimited.class);
        assertThat(alice.profile().isEmpty()).isTrue();
        assertThat(world.service.setVisible(bob, false)).isEqualTo(PresenceService.Outcome.Done.DONE);
        world.clock.passSeconds(1);
        assertThat(world.service.setVisible(alice, false)).isEqualTo(PresenceService.Outcome.Done.DONE);
    }

    @Test
    void joinGroup_oneTooMany_isRefusedByName() {
        Peer alice = world.member("alice")
                .groups(new GroupLabel("g", null))
                .connect()
                .peer();
        for (int i = 1; i < Limits.MAX_GROUPS; i++) {
            world.service.joinGroup(alice, new GroupLabel("g" + i, null));
        }

        assertThat(world.service.joinGroup(alice, new GroupLabel("one-more", null)))
                .isInstanceOfSatisfying(
                        PresenceService.Outcome.Refused.class,
                        refused -> assertThat(refused.field()).isEqualTo("name"));
    }

    @Test
    void hookBeforeTheConnection_countsWhenItComes() {
        world.statuses.hook(new HookReport(TestPeers.ADDRESS, 1, "/project", null, Status.WORKING));

        assertThat(world.member("alice").connect().peer().status()).isEqualTo(Status.WORKING);
        assertThat(world.member("alice").connect().peer().status()).isEqualTo(Status.IDLE);
    }
}
