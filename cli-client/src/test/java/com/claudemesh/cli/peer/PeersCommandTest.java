package com.claudemesh.cli.peer;

import static com.claudemesh.cli.testing.Peers.key;
import static com.claudemesh.cli.testing.Peers.peer;
import static com.claudemesh.cli.testing.Peers.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.testing.TestHost;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeersCommandTest {
    @TempDir
    Path home;

    @Test
    void call_oneMesh_isABareArray() {
        TestHost host = new TestHost(home);
        host.joined("crew");
        host.meshes().online("crew", peer("bob", key('b')));

        assertThat(host.run("peers", "--json", "name,status")).isZero();

        assertThat(host.json().toString()).isEqualTo("[{\"name\":\"bob\",\"status\":\"idle\"}]");
    }

    @Test
    void call_severalMeshes_groupsByMesh() {
        TestHost host = new TestHost(home);
        host.joined("crew");
        host.joined("lab");

        host.run("peers", "--json");

        assertThat(host.json().findValuesAsText("mesh")).containsExactly("crew", "lab");
    }

    @Test
    void call_commandConnections_areHidden() {
        TestHost host = new TestHost(home);
        host.joined("crew");
        host.meshes().online("crew", session("bob", key('a'), key('b'), "s", "cli"));

        host.run("peers", "--json");

        assertThat(host.json()).isEmpty();
    }

    @Test
    void call_ownSession_comesFirstAndIsMarked() {
        TestHost host = new TestHost(home).with("CLAUDEMESH_SESSION_ID", "mine");
        String own = host.joined("crew").pubkey();
        host.meshes().online("crew", peer("bob", key('b')), session("me", key('9'), own, "mine", "claude-code"));

        host.run("peers", "--json");

        assertThat(host.json().get(0).path("isThisSession").asBoolean()).isTrue();
        assertThat(host.json().get(1).path("isSelf").asBoolean()).isFalse();
    }

    @Test
    void call_serverUnreachable_isOneJsonError() {
        TestHost host = new TestHost(home);
        host.joined("crew");
        host.meshes().cut("crew");

        assertThat(host.run("peers", "--json")).isEqualTo(ExitCode.NETWORK_ERROR);
        assertThat(host.json().path("error").asText()).isEqualTo("network_error");
    }

    @Test
    void call_oneOfTwoServersUnreachable_showsTheOther() {
        TestHost host = new TestHost(home);
        host.joined("crew");
        host.joined("lab");
        host.meshes().cut("crew");
        host.meshes().online("lab", peer("zoe", key('f')));

        assertThat(host.run("peers", "--json")).isZero();

        assertThat(host.json().get(0).hasNonNull("error")).isTrue();
        assertThat(host.json().get(1).path("peers")).hasSize(1);
    }

    @Test
    void call_hostileName_cannotControlTheTerminal() {
        TestHost host = new TestHost(home);
        host.joined("crew");
        host.meshes().online("crew", peer("bob\u001b[2J", key('b')));

        host.run("peers");

        assertThat(host.out()).doesNotContain("\u001b");
    }

    @Test
    void call_unknownMesh_error() {
        TestHost host = new TestHost(home);
        host.joined("crew");

        assertThat(host.run("peers", "--mesh", "nope")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(host.err()).contains("joined: crew");
    }
}
