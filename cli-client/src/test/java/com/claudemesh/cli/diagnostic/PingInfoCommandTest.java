package com.claudemesh.cli.diagnostic;

import static com.claudemesh.cli.testing.Peers.key;
import static com.claudemesh.cli.testing.Peers.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.frame.MeshInfo;
import com.claudemesh.protocol.frame.MeshInfoResult;
import com.claudemesh.protocol.frame.Priority;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PingInfoCommandTest {
    @TempDir
    Path home;

    private TestHost host;

    @BeforeEach
    void joinCrew() {
        host = new TestHost(home);
        host.joined("crew");
        host.meshes().online("crew", peer("bob", key('b')));
        host.meshes()
                .answers(
                        MeshInfo.class,
                        new MeshInfoResult(
                                "mesh-crew",
                                3,
                                List.of("@qa"),
                                List.of("build"),
                                0,
                                0,
                                MeshInfoResult.Tasks.NONE,
                                List.of(),
                                List.of(),
                                List.of(),
                                "carol",
                                List.of()));
    }

    @Test
    void ping_reachable_measuresAndCounts() {
        assertThat(host.run("ping", "--json")).isZero();

        assertThat(host.json().path("mesh").asText()).isEqualTo("crew");
        assertThat(host.json().path("ws_status").asText()).isEqualTo("open");
        assertThat(host.json().path("peers_online").asInt()).isEqualTo(1);
        assertThat(host.json().path("rtt_ms").isIntegralNumber()).isTrue();
    }

    @Test
    void ping_to_sendsOneMessageOfEachPriority() {
        assertThat(host.run("ping", "--to", "bob", "--json")).isZero();

        assertThat(host.meshes().sent())
                .extracting(
                        sent -> sent.message().targetSpec(),
                        sent -> sent.message().priority())
                .containsExactly(
                        tuple(key('b'), Priority.NOW), tuple(key('b'), Priority.NEXT), tuple(key('b'), Priority.LOW));
        assertThat(host.json().path("stored_ms").fieldNames()).toIterable().containsExactly("now", "next", "low");
    }

    @Test
    void ping_toWithPriorities_sendsOnlyThese() {
        host.run("ping", "--to", "bob", "--priority", "low,now");

        assertThat(host.meshes().sent())
                .extracting(sent -> sent.message().priority())
                .containsExactly(Priority.LOW, Priority.NOW);
    }

    @Test
    void ping_noPeer_sendsNothing() {
        assertThat(host.run("ping", "--json")).isZero();
        assertThat(host.run("ping", "--to", "nobody")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(host.run("ping", "--to", "bob", "--priority", "soon")).isEqualTo(ExitCode.INVALID_ARGUMENTS);

        assertThat(host.meshes().sent()).isEmpty();
    }

    @Test
    void ping_unreachable_isExitCode4() {
        host.meshes().cut("crew");

        assertThat(host.run("ping")).isEqualTo(ExitCode.NETWORK_ERROR);
    }

    @Test
    void info_json_carriesTheMembershipAndTheOverview() {
        assertThat(host.run("info", "--json")).isZero();

        assertThat(host.json().path("slug").asText()).isEqualTo("crew");
        assertThat(host.json().path("peerCount").asInt()).isEqualTo(3);
        assertThat(host.json().path("stateCount").asInt()).isEqualTo(1);
        assertThat(host.json().path("groups").get(0).asText()).isEqualTo("@qa");
        assertThat(host.json().has("type")).isFalse();
    }

    @Test
    void info_severalMeshes_asksWhichOne() {
        host.joined("other");

        assertThat(host.run("info")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.run("info", "--mesh", "crew")).isZero();
    }
}
