package com.claudemesh.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.config.PeerCache.KnownPeer;
import com.claudemesh.cli.grammar.ArgumentGrammar;
import com.claudemesh.cli.testing.TestHost;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandCircumstancesTest {
    private static final String BOBS_KEY = "b0b0b0b0".repeat(8);

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({
        "bob, Bob, true",
        "bob, alice, false",
        "*, bob, true",
        "*, @all, true",
        "@ops, @ops, true",
        "@ops, bob, false",
        "bob, @ops, false",
        "bob, *, false",
        "b0b0b0b0, " + "b0b0b0b0b0b0b0b0" + ", true",
        "b0b0b0b0, a1a1a1a1a1a1, false",
        "bob, b0b0b0b0b0, true",
        "alice, b0b0b0b0b0, false",
        "b0b0b0b0, bob, true",
        "bob, crew:bob, true",
        "b0b0b0b0, crew:bob, true",
        "bob, bo, false",
    })
    void isTarget_pattern_meansNamesGroupsAndKeys(String pattern, String target, boolean expected) {
        assertThat(to(target).isTarget(pattern, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"bob, c0c0c0c0c0c0", "c0c0c0c0, carla", "bob, bo"})
    void isTarget_keyOfSomebodyNeverSeenOrPartOfAName_isInDoubt(String pattern, String target) {
        assertThat(to(target).isTarget(pattern, true)).isTrue();
        assertThat(to(target).isTarget(pattern, false)).isFalse();
    }

    @Test
    void targets_betweenCommas_areSeveral() {
        assertThat(CommandCircumstances.targets(ArgumentGrammar.read(List.of("send", "alice, crew:bob", "hi"))))
                .containsExactly("alice", "crew:bob");
    }

    @Test
    void isMesh_notNamedOfSeveral_isInDoubt() {
        CommandCircumstances here = to("alice");
        assertThat(here.isMesh("crew", false)).isTrue();
        new TestHost(home).joined("lab");

        assertThat(here.isMesh("crew", true)).isTrue();
        assertThat(here.isMesh("crew", false)).isFalse();
        assertThat(to("lab:alice").isMesh("crew", true)).isFalse();
        assertThat(here.isMesh("elsewhere", true)).isFalse();
    }

    private CommandCircumstances to(String target) {
        TestHost host = new TestHost(home);
        if (host.config().memberships().isEmpty()) {
            host.joined("crew");
        }
        host.services().peerCache().update("crew", List.of(new KnownPeer("bob", BOBS_KEY)), "carol", TestHost.NOW);
        return new CommandCircumstances(host.services(), Optional.empty(), List.of(target));
    }
}
