package com.claudemesh.cli.moderation;

import static com.claudemesh.cli.testing.Peers.key;
import static com.claudemesh.cli.testing.Peers.peer;
import static com.claudemesh.cli.testing.Peers.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.frame.Ban;
import com.claudemesh.protocol.frame.BanAck;
import com.claudemesh.protocol.frame.ListBans;
import com.claudemesh.protocol.frame.ListBansResult;
import com.claudemesh.protocol.frame.Unban;
import com.claudemesh.protocol.frame.UnbanAck;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BanCommandsTest {
    @TempDir
    Path home;

    private TestHost host;
    private String ownKey;

    @BeforeEach
    void joinCrew() {
        host = new TestHost(home);
        ownKey = host.joined("crew").pubkey();
        host.meshes().online("crew", peer("bob", key('b')));
        host.meshes().answers(Ban.class, new BanAck("bob"));
        host.meshes().answers(Unban.class, new UnbanAck("eve"));
        host.meshes().answers(ListBans.class, new ListBansResult(List.of(ban("eve", 'e'), ban("fay", 'f'))));
    }

    private static ListBansResult.Ban ban(String name, char digit) {
        return new ListBansResult.Ban(name, key(digit), "2026-02-01T00:00:00Z");
    }

    @Test
    void ban_oneOfSeveralSessions_bansTheMember() {
        host.meshes()
                .online(
                        "crew",
                        session("bob", key('1'), key('b'), "s1", "claude-code"),
                        session("bob at home", key('2'), key('b'), "s2", "claude-code"));

        assertThat(host.run("ban", "bob", "--json")).isZero();
        assertThat(host.meshes().asked()).containsExactly(new Ban(key('b')));
        assertThat(host.out().strip()).isEqualTo("{\"schema_version\":\"1.0\",\"banned\":\"bob\"}");
    }

    @Test
    void ban_nameThatOnlyTheServerKnows_isAskedAsTyped() {
        assertThat(host.run("ban", "gus")).isZero();
        assertThat(host.meshes().asked()).containsExactly(new Ban("gus"));
    }

    @Test
    void ban_oneself_asksNothing() {
        assertThat(host.run("ban", ownKey)).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.meshes().asked()).isEmpty();
    }

    @Test
    void ban_unknownToTheServerToo_isExitCode5() {
        host.meshes().refuses(Ban.class, CliException.notFound("not_found", "target: no active member fits", ""));

        assertThat(host.run("peer", "ban", "gus")).isEqualTo(ExitCode.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eve", "EVE", "eeeeeeee"})
    void unban_nameOrPrefix_asksForTheKey(String typed) {
        assertThat(host.run("unban", typed)).isZero();
        assertThat(host.meshes().asked()).containsExactly(new ListBans(), new Unban(key('e')));
    }

    @Test
    void unban_severalOfTheName_lists() {
        host.meshes().answers(ListBans.class, new ListBansResult(List.of(ban("eve", 'e'), ban("eve", 'f'))));

        assertThat(host.run("unban", "eve")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.err()).contains("eeeeeeeeeeeeeeee", "ffffffffffffffff");
    }

    @Test
    void unban_notBanned_isExitCode5() {
        assertThat(host.run("unban", "bob", "--json")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(host.json().path("error").asText()).isEqualTo("ban_not_found");
    }

    @Test
    void bans_json_isAnArrayThatCanBeProjected() {
        assertThat(host.run("bans", "--json", "name")).isZero();
        assertThat(host.json().isArray()).isTrue();
        assertThat(host.json().get(0).toString()).isEqualTo("{\"name\":\"eve\"}");
    }

    @Test
    void bans_text_showsNameKeyAndDate() {
        assertThat(host.run("peer", "bans")).isZero();
        assertThat(host.out()).contains("eve eeeeeeeeeeeeeeee… since 2026-02-01");
    }
}
