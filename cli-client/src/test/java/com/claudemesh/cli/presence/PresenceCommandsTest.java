package com.claudemesh.cli.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.frame.JoinGroup;
import com.claudemesh.protocol.frame.LeaveGroup;
import com.claudemesh.protocol.frame.SetStatus;
import com.claudemesh.protocol.frame.SetSummary;
import com.claudemesh.protocol.frame.SetVisible;
import com.claudemesh.protocol.frame.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresenceCommandsTest {
    @TempDir
    Path home;

    private TestHost host;

    @BeforeEach
    void joinCrew() {
        host = new TestHost(home);
        host.joined("crew");
        host.meshes().sessionRuns();
    }

    @Test
    void statusSet_known_isToldToTheSession() {
        assertThat(host.run("status", "set", "dnd", "--json")).isZero();

        assertThat(host.meshes().told()).containsExactly(new SetStatus(Status.DND));
        assertThat(host.out().strip()).isEqualTo("{\"schema_version\":\"1.0\",\"status\":\"dnd\"}");
    }

    @Test
    void statusSet_unknown_tellsNothing() {
        assertThat(host.run("status", "set", "asleep")).isEqualTo(ExitCode.INVALID_ARGUMENTS);

        assertThat(host.err()).contains("status: must be idle, working or dnd");
        assertThat(host.meshes().told()).isEmpty();
    }

    @Test
    void status_alone_isStillTheDiagnostic() {
        assertThat(host.run("status")).isZero();
        assertThat(host.out()).contains("crew");
    }

    @Test
    void summary_severalWords_areOneLine() {
        assertThat(host.run("summary", "writing", "tests", "--json")).isZero();

        assertThat(host.meshes().told()).containsExactly(new SetSummary("writing tests"));
        assertThat(host.json().path("summary").asText()).isEqualTo("writing tests");
    }

    @Test
    void summary_withoutText_isRefused() {
        assertThat(host.run("summary")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void summary_tooLong_isRefusedWithTheFieldsName() {
        assertThat(host.run("summary", "x".repeat(100_000))).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.err()).contains("summary");
    }

    @ParameterizedTest
    @CsvSource({"true,true", "YES,true", "on,true", "1,true", "false,false", "no,false", "off,false", "0,false"})
    void visible_anySpelling_isUnderstood(String typed, boolean visible) {
        assertThat(host.run("visible", typed)).isZero();

        assertThat(host.meshes().told()).containsExactly(new SetVisible(visible));
    }

    @Test
    void visible_anythingElse_isRefused() {
        assertThat(host.run("visible", "maybe")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void groupJoin_withRole_isTold() {
        assertThat(host.run("group", "join", "@qa", "--role", "lead", "--json")).isZero();

        assertThat(host.meshes().told()).containsExactly(new JoinGroup("qa", "lead"));
        assertThat(host.out().strip()).isEqualTo("{\"schema_version\":\"1.0\",\"group\":\"qa\",\"role\":\"lead\"}");
    }

    @Test
    void groupJoin_badName_isRefused() {
        assertThat(host.run("group", "join", "@all")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.meshes().told()).isEmpty();
    }

    @Test
    void groupLeave_nameWithoutAt_isTold() {
        assertThat(host.run("group", "leave", "qa", "--json")).isZero();

        assertThat(host.meshes().told()).containsExactly(new LeaveGroup("qa"));
        assertThat(host.json().path("left").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"status set idle", "summary x", "visible no", "group join @qa", "group leave @qa"})
    void change_noSessionRuns_saysSo(String line) {
        TestHost alone = new TestHost(home);

        assertThat(alone.run((line + " --json").split(" "))).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(alone.json().path("error").asText()).isEqualTo("no_session");
    }
}
