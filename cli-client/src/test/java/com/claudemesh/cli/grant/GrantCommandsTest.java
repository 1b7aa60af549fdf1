package com.claudemesh.cli.grant;

import static com.claudemesh.cli.testing.Peers.key;
import static com.claudemesh.cli.testing.Peers.peer;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.frame.Grant;
import com.claudemesh.protocol.frame.GrantsResult;
import com.claudemesh.protocol.frame.ListGrants;
import com.claudemesh.protocol.frame.SetGrants;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantCommandsTest {
    private static final String BOB = key('b');

    @TempDir
    Path home;

    private TestHost host;

    @BeforeEach
    void joinCrew() {
        host = new TestHost(home);
        host.joined("crew");
        host.meshes().online("crew", peer("bob", BOB));
        serverHas(Map.of());
        serverWillHave(Map.of());
    }

    private void serverHas(Map<String, List<Grant>> grants) {
        host.meshes().answers(ListGrants.class, new GrantsResult(grants));
    }

    private void serverWillHave(Map<String, List<Grant>> grants) {
        host.meshes().answers(SetGrants.class, new GrantsResult(grants));
    }

    private List<Grant> asked() {
        return ((SetGrants) host.meshes().asked().get(1)).grants().get(BOB);
    }

    @Test
    void grant_withoutAnEntry_addsToTheDefaults() {
        assertThat(host.run("grant", "bob", "file-read")).isZero();

        assertThat(asked())
                .containsExactlyInAnyOrder(Grant.READ, Grant.DM, Grant.BROADCAST, Grant.STATE_READ, Grant.FILE_READ);
    }

    @Test
    void grant_withAnEntry_addsToIt() {
        serverHas(Map.of(BOB, List.of(Grant.DM)));

        assertThat(host.run("grant", "bob", "read")).isZero();
        assertThat(asked()).containsExactlyInAnyOrder(Grant.READ, Grant.DM);
    }

    @Test
    void grant_answered_isShownAndKept() {
        serverWillHave(Map.of(BOB, List.of(Grant.DM, Grant.READ)));

        host.run("grant", "bob", "dm", "--json");

        assertThat(host.json().path("peer").asText()).isEqualTo(BOB);
        assertThat(host.json().path("grants").toString()).isEqualTo("[\"dm\",\"read\"]");
        assertThat(host.services().grantsFile().of("crew")).isEqualTo(Map.of(BOB, List.of(Grant.READ, Grant.DM)));
    }

    @Test
    void grant_refusedByTheServer_keepsNothing() {
        host.meshes().refuses(SetGrants.class, CliException.network("the connection broke"));

        assertThat(host.run("grant", "bob", "dm")).isEqualTo(ExitCode.NETWORK_ERROR);
        assertThat(host.services().grantsFile().of("crew")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"grant bob", "grant bob dm fly", "revoke bob", "grant @qa dm"})
    void change_badArguments_asksNothing(String line) {
        assertThat(host.run(line.split(" "))).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.meshes().asked()).isEmpty();
    }

    @Test
    void grant_unknownPeer_isExitCode5() {
        assertThat(host.run("grant", "zoe", "dm")).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void grant_offlinePeerByKey_isAllowed() {
        assertThat(host.run("grant", key('d'), "dm")).isZero();
        assertThat(((SetGrants) host.meshes().asked().get(1)).grants()).containsOnlyKeys(key('d'));
    }

    @Test
    void revoke_oneOfTheDefaults_leavesTheOthers() {
        assertThat(host.run("revoke", "bob", "dm")).isZero();
        assertThat(asked()).containsExactlyInAnyOrder(Grant.READ, Grant.BROADCAST, Grant.STATE_READ);
    }

    @Test
    void revoke_all_leavesNothing() {
        assertThat(host.run("revoke", "bob", "all")).isZero();
        assertThat(asked()).isEmpty();
    }

    @Test
    void block_peer_leavesNothingAndSaysHowToUndoIt() {
        serverWillHave(Map.of(BOB, List.of()));

        assertThat(host.run("block", "bob")).isZero();
        assertThat(asked()).isEmpty();
        assertThat(host.out()).contains("bob may: nothing", "claudemesh grants reset bob");
    }

    @Test
    void reset_peer_takesTheEntryAway() {
        assertThat(host.run("grants", "reset", "bob")).isZero();

        assertThat(host.meshes().asked().get(1)).isEqualTo(new SetGrants(Collections.singletonMap(BOB, null)));
        assertThat(host.out()).contains("as everybody may");
    }

    @Test
    void grants_json_isTheServersAnswer() {
        serverHas(Map.of(BOB, List.of(Grant.DM)));

        assertThat(host.run("grants", "--json")).isZero();
        assertThat(host.json().path("schema_version").asText()).isEqualTo("1.0");
        assertThat(host.json().path("mesh").asText()).isEqualTo("crew");
        assertThat(host.json().path("grants").path(BOB).toString()).isEqualTo("[\"dm\"]");
    }

    @Test
    void grants_askedAgain_forgetsWhatTheServerForgot() {
        serverHas(Map.of(BOB, List.of(Grant.DM)));
        host.run("grants");
        serverHas(Map.of());
        host.run("grants");

        assertThat(host.services().grantsFile().of("crew")).isEmpty();
    }

    @Test
    void peers_withAnEntry_areShownWithIt() {
        serverHas(Map.of(BOB, List.of()));
        host.run("grants");

        assertThat(host.run("peers")).isZero();
        assertThat(host.out()).contains("[grants: none]");
    }
}
