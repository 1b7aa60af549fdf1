package com.claudemesh.cli.addressing;

import static com.claudemesh.cli.testing.Peers.key;
import static com.claudemesh.cli.testing.Peers.peer;
import static com.claudemesh.cli.testing.Peers.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.PeerCache.KnownPeer;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TargetResolverTest {
    private final Map<String, List<PeerInfo>> online = new HashMap<>();
    private final Map<String, List<KnownPeer>> known = new HashMap<>();
    private final Roster roster = new Roster() {
        @Override
        public List<PeerInfo> online(Membership mesh) {
            return online.getOrDefault(mesh.slug(), List.of());
        }

        @Override
        public List<KnownPeer> known(Membership mesh) {
            return known.getOrDefault(mesh.slug(), List.of());
        }
    };

    private static Membership mesh(String slug) {
        return new Membership("id-" + slug, "member", slug, slug, key('0'), "", "ws://127.0.0.1:9/ws", "", null, 1);
    }

    private Recipient resolve(String target, String... slugs) {
        return resolver(false).resolve(target, meshes(slugs));
    }

    private TargetResolver resolver(boolean exact) {
        return new TargetResolver(roster, exact, Optional.of("own-session"));
    }

    private static List<Membership> meshes(String... slugs) {
        return List.of(slugs).stream().map(TargetResolverTest::mesh).toList();
    }

    private void crew(PeerInfo... peers) {
        online.put("crew", List.of(peers));
    }

    private static void assertRefused(int exitCode, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CliException.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(exitCode));
    }

    @Test
    void resolve_nameInAnyCase_isTheMemberKey() {
        crew(session("Bob", key('1'), key('b'), "s1", "claude-code"));

        assertThat(resolve("bOB", "crew").spec()).isEqualTo(key('b'));
    }

    @Test
    void resolve_nameOfSeveralSessionsOfOneMember_isTheMemberKey() {
        crew(
                session("bob", key('1'), key('b'), "s1", "claude-code"),
                session("bob", key('2'), key('b'), "s2", "claude-code"));

        assertThat(resolve("bob", "crew").spec()).isEqualTo(key('b'));
    }

    @Test
    void resolve_nameOfOneOfSeveralDifferentlyNamedSessions_isThatSessionsKey() {
        crew(
                session("backend", key('1'), key('b'), "s1", "claude-code"),
                session("frontend", key('2'), key('b'), "s2", "claude-code"));

        assertThat(resolve("frontend", "crew").spec()).isEqualTo(key('2'));
    }

    @Test
    void resolve_nameOfTwoMembers_isRefusedWithBothKeys() {
        crew(peer("bob", key('b')), peer("bob", key('c')));

        assertThatThrownBy(() -> resolve("bob", "crew"))
                .hasMessageContaining("bbbbbbbbbbbbbbbb…")
                .hasMessageContaining("cccccccccccccccc…");
    }

    @Test
    void resolve_ownSession_isNotMeantByItsName() {
        crew(session("me", key('1'), key('0'), "own-session", "claude-code"));

        assertRefused(ExitCode.NOT_FOUND, () -> resolve("me", "crew"));
    }

    @Test
    void resolve_commandConnectionAndBackgroundService_areNeverMeant() {
        PeerInfo command = session("bob", key('1'), key('b'), "s1", "cli");
        crew(command);

        assertRefused(ExitCode.NOT_FOUND, () -> resolve("bob", "crew"));
    }

    @Test
    void resolve_partOfOneName_isTakenWithANote() {
        crew(peer("bob-the-builder", key('b')));

        Recipient recipient = resolve("builder", "crew");

        assertThat(recipient.spec()).isEqualTo(key('b'));
        assertThat(recipient.note()).contains("bob-the-builder");
    }

    @Test
    void resolve_partOfAName_isRefusedWhenExact() {
        crew(peer("bob-the-builder", key('b')));

        assertRefused(ExitCode.NOT_FOUND, () -> resolver(true).resolve("builder", meshes("crew")));
    }

    @Test
    void resolve_partOfTwoNames_isRefused() {
        crew(peer("bob-one", key('b')), peer("bob-two", key('c')));

        assertRefused(ExitCode.INVALID_ARGUMENTS, () -> resolve("bob", "crew"));
    }

    @Test
    void resolve_nameSeenEarlier_isTakenBeforePartOfAnOnlineName() {
        crew(peer("bobby", key('c')));
        known.put("crew", List.of(new KnownPeer("bob", key('b'))));

        Recipient recipient = resolve("bob", "crew");

        assertThat(recipient.spec()).isEqualTo(key('b'));
        assertThat(recipient.note()).contains("not online");
    }

    @Test
    void resolve_prefixOfASessionKey_isThatSessionsKey() {
        crew(session("bob", key('1'), key('b'), "s1", "claude-code"));

        assertThat(resolve("11111111", "crew").spec()).isEqualTo(key('1'));
    }

    @Test
    void resolve_prefixInUpperCase_isFound() {
        crew(peer("bob", key('b')));

        assertThat(resolve("BBBBBBBB", "crew").spec()).isEqualTo(key('b'));
    }

    @Test
    void resolve_prefixOfTwoKeys_isRefused() {
        crew(peer("bob", key('b')), peer("dora", "b".repeat(40) + "d".repeat(24)));

        assertRefused(ExitCode.INVALID_ARGUMENTS, () -> resolve("bbbbbbbb", "crew"));
    }

    @Test
    void resolve_prefixOfAKey_winsOverAPeerWhoTookItAsAName() {
        crew(peer("bbbbbbbb", key('e')), peer("bob", key('b')));

        assertThat(resolve("bbbbbbbb", "crew").spec()).isEqualTo(key('b'));
    }

    @Test
    void resolve_unknownPrefix_isRefused() {
        assertThatThrownBy(() -> resolve("abcdef01", "crew")).hasMessageContaining("no online peer starts with");
    }

    @Test
    void resolve_wholeKeyOfNobodyOnline_isTakenInLowerCase() {
        assertThat(resolve("B".repeat(64), "crew").spec()).isEqualTo(key('b'));
    }

    @Test
    void resolve_wholeKeyInSeveralMeshes_isSentWhereItIsOnline() {
        online.put("lab", List.of(peer("bob", key('b'))));

        assertThat(resolve(key('b'), "crew", "lab").mesh().slug()).isEqualTo("lab");
    }

    @Test
    void resolve_wholeKeyOfNobodyInSeveralMeshes_asksForTheMesh() {
        assertThatThrownBy(() -> resolve(key('b'), "crew", "lab")).hasMessageContaining("crew, lab");
    }

    @Test
    void resolve_groupInSeveralMeshes_asksForTheMesh() {
        assertRefused(ExitCode.INVALID_ARGUMENTS, () -> resolve("@qa", "crew", "lab"));
    }

    @Test
    void resolve_meshPrefix_restrictsToThatMesh() {
        crew(peer("bob", key('b')));
        online.put("lab", List.of(peer("bob", key('c'))));

        assertThat(resolve("lab:bob", "crew", "lab").spec()).isEqualTo(key('c'));
        assertThat(resolve("lab:@qa", "crew", "lab").mesh().slug()).isEqualTo("lab");
    }

    @Test
    void resolve_nameInTwoMeshes_isRefused() {
        crew(peer("bob", key('b')));
        online.put("lab", List.of(peer("bob", key('c'))));

        assertRefused(ExitCode.INVALID_ARGUMENTS, () -> resolve("bob", "crew", "lab"));
    }

    @Test
    void resolve_broadcastAndTopicId_passThrough() {
        String topic = "#" + "t".repeat(20);

        assertThat(resolve("*", "crew").spec()).isEqualTo("*");
        assertThat(resolve(topic, "crew").spec()).isEqualTo(topic);
    }

    @Test
    void resolve_topicName_passesThrough() {
        assertThat(resolve("#general", "crew").isTopic()).isTrue();
        assertThat(resolve("#general", "crew").spec()).isEqualTo("#general");
    }

    @Test
    void resolve_malformedTopic_isRefused() {
        assertRefused(ExitCode.INVALID_ARGUMENTS, () -> resolve("#a b", "crew"));
        assertRefused(ExitCode.INVALID_ARGUMENTS, () -> resolve("#", "crew"));
    }

    @Test
    void resolve_unknownName_listsKnownOnes() {
        crew(peer("bob", key('b')));

        assertThatThrownBy(() -> resolve("zoe", "crew"))
                .isInstanceOfSatisfying(
                        CliException.class,
                        failure -> assertThat(failure.hint()).contains("crew/bob"));
    }
}
