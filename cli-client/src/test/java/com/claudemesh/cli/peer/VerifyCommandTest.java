package com.claudemesh.cli.peer;

import static com.claudemesh.cli.testing.Peers.key;
import static com.claudemesh.cli.testing.Peers.peer;
import static com.claudemesh.cli.testing.Peers.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.crypto.SafetyNumber;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    @TempDir
    Path home;

    private TestHost host;
    private Membership crew;

    @BeforeEach
    void joinCrew() {
        host = new TestHost(home);
        crew = host.joined("crew");
        host.meshes()
                .online(
                        "crew",
                        session("bob", key('1'), key('b'), "s-1", "claude-code"),
                        session("bob", key('2'), key('b'), "s-2", "claude-code"),
                        peer("bea", key('c')),
                        peer("me too", crew.pubkey()));
    }

    @Test
    void call_peer_isTheNumberOfBothMemberKeys() {
        assertThat(host.run("peer", "verify", "bea", "--json")).isZero();

        assertThat(host.json()).hasSize(1);
        assertThat(host.json().at("/0/pubkey").asText()).isEqualTo(key('c'));
        assertThat(host.json().at("/0/safetyNumber").asText()).isEqualTo(SafetyNumber.of(key('c'), crew.pubkey()));
    }

    @Test
    void call_sessionKey_isTheNumberOfItsMember() {
        host.run("verify", key('1').substring(0, 10), "--json");

        assertThat(host.json().at("/0/safetyNumber").asText()).isEqualTo(SafetyNumber.of(crew.pubkey(), key('b')));
    }

    @Test
    void call_nobodyNamed_showsEveryMemberOnce() {
        assertThat(host.run("peer", "verify", "--json")).isZero();

        assertThat(host.json().findValuesAsText("peer")).containsExactly("bob", "bea");
    }

    @Test
    void call_text_saysWhatToDoWithIt() {
        host.run("peer", "verify", "bea");

        assertThat(host.out()).containsPattern("\\d{5}( \\d{5}){5}").contains("peer verify <your name>");
    }

    @Test
    void call_unknownPeerOrOneself_error() {
        assertThat(host.run("peer", "verify", "nobody")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(host.run("peer", "verify", crew.pubkey())).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }
}
