package com.claudemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.testing.TestHost;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandRunnerTest {
    @TempDir
    Path home;

    @Test
    void run_version_printsSemanticVersion() {
        TestHost host = new TestHost(home);

        assertThat(host.run("peers", "--version")).isZero();
        assertThat(host.out()).matches("  claudemesh v\\d+\\.\\d+\\.\\d+.*\\R");
    }

    @Test
    void run_unknownCommand_suggestsTheNearest() {
        TestHost host = new TestHost(home);

        assertThat(host.run("snd", "bob", "hi")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.err()).contains("unknown command", "did you mean: claudemesh send");
    }

    @Test
    void run_unknownCommandInJsonMode_isOneLineOnStandardOutput() {
        TestHost host = new TestHost(home);

        host.run("--json", "frobnicate");

        assertThat(host.out().lines()).hasSize(1);
        assertThat(host.json().fieldNames()).toIterable().startsWith("schema_version", "ok", "error");
        assertThat(host.json().path("error").asText()).isEqualTo("unknown_command");
        assertThat(host.json().path("code").asInt()).isEqualTo(3);
        assertThat(host.err()).isEmpty();
    }

    @Test
    void run_nounWithoutVerb_printsItsUsage() {
        TestHost host = new TestHost(home);

        assertThat(host.run("message")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.err()).contains("usage: claudemesh message <send|inbox|status|dead-letters>");
    }

    @Test
    void run_unknownFlag_isRefused() {
        assertThat(new TestHost(home).run("list", "--frob")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void run_unknownSchemaVersion_isRefused() {
        assertThat(new TestHost(home).run("list", "--schema-version", "9.9")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void run_bareWithoutMeshesOrTerminal_printsUsage() {
        TestHost host = new TestHost(home);

        assertThat(host.run()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.err()).contains("claudemesh <invitation link>");
    }

    @Test
    void run_help_listsEveryVerb() {
        TestHost host = new TestHost(home);

        assertThat(host.run("help")).isZero();
        assertThat(host.out()).contains("join", "send", "doctor", "uninstall");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help inbox", "help message inbox", "message inbox --help"})
    void run_helpOnATopic_showsItsUsage(String line) {
        TestHost host = new TestHost(home);

        assertThat(host.run(line.split(" "))).isZero();
        assertThat(host.out()).contains("Usage: claudemesh inbox");
    }

    @Test
    void run_helpOnNothingKnown_error() {
        TestHost host = new TestHost(home);

        assertThat(host.run("help", "inbux")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.err()).contains("claudemesh inbox");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "join",
                "list",
                "leave",
                "launch",
                "peers",
                "send",
                "inbox",
                "mcp",
                "status",
                "doctor",
                "install",
                "uninstall",
                "hook",
                "status-line"
            })
    void run_helpOfVerb_showsItsUsage(String verb) {
        TestHost host = new TestHost(home);

        assertThat(host.run(verb, "--help")).isZero();
        assertThat(host.out()).contains("Usage: claudemesh " + verb);
    }
}
