package com.claudemesh.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.testing.TestHost;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules as a command line meets them: {@code inbox flush} stands for a verb that changes something. */
class PolicyGateTest {
    private static final String FLUSH_NEEDS_A_WORD = """
            rules:
              - resource: message
                verb: flush
                decision: prompt
                reason: it is gone then
            """;

    @TempDir
    Path home;

    private TestHost host;

    @BeforeEach
    void joinCrew() {
        host = new TestHost(home).with("CLAUDEMESH_APPROVAL_MODE", "write");
        host.joined("crew");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text);
    }

    private List<JsonNode> recorded() throws IOException {
        return new PolicyLog(home.resolve(".claudemesh")).read().lines();
    }

    @Test
    void firstEvaluation_makesTheFileOfDefaults() throws Exception {
        assertThat(host.run("inbox", "--json")).isZero();

        Path file = home.resolve(".claudemesh/policy.yaml");
        assertThat(Files.readString(file)).contains("default: allow", "verb: kick");
        assertThat(PolicyText.parse(Files.readString(file)).rules()).hasSize(15);
    }

    @Test
    void prompt_withoutTerminal_isDenied() throws Exception {
        String policy = file("p.yaml", FLUSH_NEEDS_A_WORD).toString();

        assertThat(host.run("inbox", "flush", "--policy", policy)).isEqualTo(ExitCode.PERMISSION_DENIED);

        assertThat(host.err()).contains("message flush", "it is gone then", "--yes");
        assertThat(recorded())
                .extracting(line -> line.path("decision").asText())
                .containsExactly("prompt");
    }

    @ParameterizedTest
    @CsvSource({"y, 0", "yes, 0", "n, 7", "'', 7", "ya, 7"})
    void prompt_onATerminal_asksOnce(String answer, int exitCode) throws Exception {
        String policy = file("p.yaml", FLUSH_NEEDS_A_WORD).toString();
        host.withTerminal().withInput(answer + "\n");

        assertThat(host.run("inbox", "flush", "--all", "--policy", policy)).isEqualTo(exitCode);

        assertThat(host.err()).contains("message flush (it is gone then). Go on? [y/N]");
        assertThat(recorded())
                .extracting(line -> line.path("decision").asText())
                .hasSize(exitCode == 0 ? 1 : 2)
                .last()
                .isEqualTo(exitCode == 0 ? "prompt" : "cancelled-at-prompt");
    }

    @Test
    void modeYolo_beatsYourRules_andAdminDenialBeatsIt() throws Exception {
        String policy = file("p.yaml", FLUSH_NEEDS_A_WORD).toString();
        String admin =
                file("admin.yaml", FLUSH_NEEDS_A_WORD.replace("prompt", "deny")).toString();
        String[] line = {"inbox", "flush", "--all", "--policy", policy, "--approval-mode", "yolo"};

        assertThat(host.run(line)).isZero();
        assertThat(host.run("inbox", "flush", "--all", "--approval-mode", "yolo", "-y", "--admin-policy", admin))
                .isEqualTo(ExitCode.PERMISSION_DENIED);
        assertThat(host.err()).contains("blocked by policy", "admin.yaml");
    }

    @Test
    void modePlan_showsWhatWouldBeDoneAndReadsGoOn() {
        host.with("CLAUDEMESH_APPROVAL_MODE", "plan");

        assertThat(host.run("send", "bob", "hi")).isEqualTo(ExitCode.PERMISSION_DENIED);
        assertThat(host.err()).contains("plan: claudemesh send bob hi");
        assertThat(host.run("inbox", "--json")).isZero();
    }

    @Test
    void mode_unknown_isRefusedBeforeAnythingHappens() throws Exception {
        assertThat(host.run("inbox", "--approval-mode", "careful")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(recorded()).isEmpty();
    }

    @Test
    void adminFile_malformed_nothingMayChangeAnything() throws Exception {
        String admin = file("admin.yaml", "rules: yes\n").toString();

        assertThat(host.run("inbox", "flush", "--all", "-y", "--admin-policy", admin))
                .isEqualTo(ExitCode.PERMISSION_DENIED);
        assertThat(host.run("inbox", "--json", "--admin-policy", admin)).isZero();
    }

    @Test
    void userFile_malformed_warnsAndTheDefaultsHold() throws Exception {
        String policy = file("p.yaml", "rules: yes\n").toString();

        assertThat(host.run("kick", "bob", "--policy", policy)).isEqualTo(ExitCode.PERMISSION_DENIED);
        assertThat(host.err()).contains("is no policy", "peer kick");
    }

    @Test
    void namedFile_missing_isRefused() {
        assertThat(host.run("inbox", "--policy", "nowhere.yaml")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void rule_aboutAMesh_holdsThereWithoutNamingIt() throws Exception {
        String policy = file("p.yaml", "rules:\n- resource: message\n  verb: '*'\n  decision: deny\n  mesh: crew\n")
                .toString();

        assertThat(host.run("inbox", "--policy", policy)).isEqualTo(ExitCode.PERMISSION_DENIED);
        host.joined("other");
        assertThat(host.run("inbox", "--policy", policy)).isEqualTo(ExitCode.PERMISSION_DENIED);
        assertThat(host.run("inbox", "--policy", policy, "--mesh", "other")).isZero();
        assertThat(host.run("send", "crew:bob", "hi", "--policy", policy)).isEqualTo(ExitCode.PERMISSION_DENIED);
        assertThat(host.run("send", "other:bob", "hi", "--policy", policy)).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void check_tellsWithoutDoingOrRecording() throws Exception {
        assertThat(host.run("policy", "check", "kick", "bob", "--json")).isZero();

        assertThat(host.json().path("decision").asText()).isEqualTo("prompt");
        assertThat(host.json().path("isWrite").asBoolean()).isTrue();
        assertThat(recorded()).isEmpty();
        assertThat(host.run("policy", "check", "whoami")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void show_namesModeFilesAndRules() {
        assertThat(host.run("policy", "show", "--json")).isZero();

        assertThat(host.json().path("mode").asText()).isEqualTo("write");
        assertThat(host.json().path("user").path("rules")).hasSize(15);
        assertThat(host.run("policy", "show")).isZero();
        assertThat(host.out()).contains("prompt  peer kick");
    }

    @Test
    void log_tampered_saysSo() throws Exception {
        host.run("inbox");
        host.run("inbox");
        assertThat(host.run("policy", "log", "--json")).isZero();
        assertThat(host.json()).hasSize(2);
        Path file = home.resolve(".claudemesh/audit.log");

        Files.writeString(file, Files.readString(file).replaceFirst("allow", "deny!"));

        assertThat(host.run("policy", "log")).isEqualTo(ExitCode.INTERNAL_ERROR);
    }

    @Test
    void edit_readsWhatTheEditorLeft() throws Exception {
        Path editor = file("editor.sh", "#!/bin/sh\nprintf 'default: deny\\n' > \"$1\"\n");
        host.with("EDITOR", "/bin/sh " + editor);

        assertThat(host.run("policy", "edit")).isZero();

        assertThat(host.run("inbox")).isEqualTo(ExitCode.PERMISSION_DENIED);
    }
}
