package com.claudemesh.cli.moderation;

import static com.claudemesh.cli.testing.Peers.key;
import static com.claudemesh.cli.testing.Peers.peer;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.frame.Disconnect;
import com.claudemesh.protocol.frame.DisconnectAck;
import com.claudemesh.protocol.frame.Kick;
import com.claudemesh.protocol.frame.KickAck;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemovalCommandsTest {
    @TempDir
    Path home;

    private TestHost host;

    @BeforeEach
    void joinCrew() {
        host = new TestHost(home);
        host.joined("crew");
        host.meshes().online("crew", peer("bob", key('b')), peer("bobby", key('c')));
        host.meshes().answers(Kick.class, KickAck.of(List.of("bob"), List.of()));
        host.meshes().answers(Disconnect.class, DisconnectAck.of(List.of("bob")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kick bob", "peer kick bob", "kick bbbbbbbb"})
    void kick_onePeer_asksForItsKey(String line) {
        assertThat(host.run((line + " --json").split(" "))).isZero();

        assertThat(host.meshes().asked()).containsExactly(new Kick(null, null, key('b')));
        assertThat(host.out().strip()).isEqualTo("{\"schema_version\":\"1.0\",\"affected\":[\"bob\"]}");
    }

    @Test
    void kick_partOfAName_isNeverGuessed() {
        host.meshes().answers(Kick.class, KickAck.of(List.of(), List.of()));

        assertThat(host.run("kick", "obb")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(host.meshes().asked()).containsExactly(new Kick(null, null, "obb"));
    }

    @Test
    void kick_severalPeersOfTheName_asksNothing() {
        host.meshes().online("crew", peer("bob", key('b')), peer("bob", key('c')));

        assertThat(host.run("kick", "bob")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.err()).contains("could mean");
        assertThat(host.meshes().asked()).isEmpty();
    }

    @Test
    void kick_group_isRefused() {
        assertThat(host.run("kick", "@qa")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.meshes().asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"90s,90000", "30m,1800000", "2h,7200000"})
    void kick_stale_isInMilliseconds(String typed, long millis) {
        assertThat(host.run("kick", "--stale", typed)).isZero();

        assertThat(host.meshes().asked()).containsExactly(new Kick(null, millis, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "0s", "-1m", "1d", "99999999h"})
    void kick_badTime_asksNothing(String typed) {
        assertThat(host.run("kick", "--stale=" + typed)).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.meshes().asked()).isEmpty();
    }

    @Test
    void kick_all_winsOverStaleAndTarget() {
        assertThat(host.run("kick", "bob", "--stale", "1h", "--all")).isZero();

        assertThat(host.meshes().asked()).containsExactly(new Kick(true, null, null));
    }

    @Test
    void kick_nobodyNamed_isRefused() {
        assertThat(host.run("kick")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void kick_staleMatchesNobody_isNoFailure() {
        host.meshes().answers(Kick.class, KickAck.of(List.of(), List.of()));

        assertThat(host.run("kick", "--stale", "1h")).isZero();
        assertThat(host.out()).contains("no peers matched");
    }

    @Test
    void kick_daemonsLeftAlone_areReported() {
        host.meshes().answers(Kick.class, KickAck.of(List.of(), List.of("daemon")));

        assertThat(host.run("kick", "--all", "--json")).isZero();
        assertThat(host.json().path("skipped_control_plane").get(0).asText()).isEqualTo("daemon");
        assertThat(host.err()).contains("left alone: daemon");
    }

    @Test
    void kick_forbidden_isExitCode7() {
        host.meshes().refuses(Kick.class, new CliException(ExitCode.PERMISSION_DENIED, "forbidden", "admins only", ""));

        assertThat(host.run("kick", "bob", "--json")).isEqualTo(ExitCode.PERMISSION_DENIED);
        assertThat(host.json().path("error").asText()).isEqualTo("forbidden");
    }

    @Test
    void disconnect_onePeer_isTheSoftForm() {
        assertThat(host.run("peer", "disconnect", "bob")).isZero();

        assertThat(host.meshes().asked()).containsExactly(new Disconnect(null, null, key('b')));
        assertThat(host.out()).contains("disconnected bob", "they connect again by themselves");
    }
}
