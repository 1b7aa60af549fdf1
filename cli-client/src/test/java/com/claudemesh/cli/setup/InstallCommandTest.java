package com.claudemesh.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.Verbs;
import com.claudemesh.cli.config.PrivateFiles;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallCommandTest {
    @TempDir
    Path home;

    private TestHost host;

    @BeforeEach
    void putLauncherOnPath() throws IOException {
        Path bin = Files.createDirectory(home.resolve("bin"));
        Files.createFile(
                bin.resolve("claudemesh"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        host = new TestHost(home).with("PATH", bin.toString());
    }

    private Path state() {
        return home.resolve(".claude.json");
    }

    private Path settings() {
        return home.resolve(".claude/settings.json");
    }

    private static JsonNode json(Path file) throws IOException {
        return JsonReader.read(Files.readString(file)).orElseThrow();
    }

    @Test
    void call_freshHome_registersServerHooksAndSkill() throws IOException {
        assertThat(host.run("install")).isZero();

        assertThat(json(state()).at("/mcpServers/claudemesh").toString())
                .isEqualTo("{\"command\":\"claudemesh\",\"args\":[\"mcp\"]}");
        assertThat(json(settings()).at("/hooks/Stop/0/hooks/0/command").asText())
                .isEqualTo("claudemesh hook idle");
        assertThat(json(settings())
                        .at("/hooks/UserPromptSubmit/0/hooks/0/command")
                        .asText())
                .isEqualTo("claudemesh hook working");
        assertThat(home.resolve(".claude/skills/claudemesh/SKILL.md")).content().startsWith("---\nname: claudemesh");
        assertThat(PrivateFiles.mode(state())).contains("rw-------");
    }

    @Test
    void call_twice_changesNothingMore() throws IOException {
        host.run("install");
        String before = Files.readString(settings()) + Files.readString(state());

        host.run("install", "--json");

        assertThat(host.json().path("changed").asBoolean()).isFalse();
        assertThat(Files.readString(settings()) + Files.readString(state())).isEqualTo(before);
        assertThat(home.resolve(".claude/backups")).doesNotExist();
    }

    @Test
    void call_foreignEntries_stayAndAreBackedUp() throws IOException {
        Files.writeString(state(), "{\"mcpServers\":{\"other\":{\"command\":\"x\"}},\"theme\":\"dark\"}");
        Files.createDirectories(settings().getParent());
        Files.writeString(settings(), "{\"hooks\":{\"Stop\":[{\"hooks\":[{\"command\":\"beep\"}]}]}}");

        host.run("install");

        assertThat(json(state()).at("/mcpServers/other/command").asText()).isEqualTo("x");
        assertThat(json(state()).path("theme").asText()).isEqualTo("dark");
        assertThat(json(settings()).at("/hooks/Stop")).hasSize(2);
        try (var backups = Files.list(home.resolve(".claude/backups"))) {
            assertThat(backups.map(file -> file.getFileName().toString()))
                    .containsExactly(".claude.json.pre-claudemesh." + TestHost.NOW.toEpochMilli());
        }
    }

    @Test
    void call_unreadableState_leavesEverythingUntouched() throws IOException {
        Files.writeString(state(), "{oops");

        assertThat(host.run("install")).isEqualTo(1);

        assertThat(Files.readString(state())).isEqualTo("{oops");
        assertThat(settings()).doesNotExist();
    }

    @Test
    void call_skill_listsEveryVerb() throws IOException {
        host.run("install");

        String skill = Files.readString(home.resolve(".claude/skills/claudemesh/SKILL.md"));
        assertThat(Verbs.forPeople())
                .allSatisfy(verb -> assertThat(skill).contains("`claudemesh " + verb.name() + "`"));
        assertThat(skill).doesNotContain("{{");
    }

    @Test
    void call_dryRun_writesNothing() {
        assertThat(host.run("install", "--dry-run", "--json")).isZero();

        assertThat(host.json().path("changed").asBoolean()).isTrue();
        assertThat(state()).doesNotExist();
        assertThat(home.resolve(".claude")).doesNotExist();
    }

    @Test
    void call_noHooksNoSkill_registersTheServerOnly() {
        host.run("install", "--no-hooks", "--no-skill");

        assertThat(state()).exists();
        assertThat(home.resolve(".claude")).doesNotExist();
    }

    @Test
    void call_existingEnvironmentOfTheEntry_survives() throws IOException {
        Files.writeString(state(), "{\"mcpServers\":{\"claudemesh\":{\"command\":\"old\",\"env\":{\"A\":\"b\"}}}}");

        host.run("install");

        assertThat(json(state()).at("/mcpServers/claudemesh/command").asText()).isEqualTo("claudemesh");
        assertThat(json(state()).at("/mcpServers/claudemesh/env/A").asText()).isEqualTo("b");
    }

    @Test
    void call_settingsMode_isKept() throws IOException {
        Files.createDirectories(settings().getParent());
        Files.writeString(settings(), "{}");
        Files.setPosixFilePermissions(settings(), PosixFilePermissions.fromString("rw-r--r--"));

        host.run("install");

        assertThat(PrivateFiles.mode(settings())).contains("rw-r--r--");
    }

    @Test
    void call_foreignStatusLine_isLeftAlone() throws IOException {
        Files.createDirectories(settings().getParent());
        Files.writeString(settings(), "{\"statusLine\":{\"type\":\"command\",\"command\":\"mine\"}}");

        host.run("install", "--status-line");

        assertThat(json(settings()).at("/statusLine/command").asText()).isEqualTo("mine");
        assertThat(host.err()).contains("left alone");
    }

    @Test
    void uninstall_afterInstall_restoresForeignSettings() throws IOException {
        Files.writeString(state(), "{\n  \"theme\": \"dark\"\n}\n");
        Files.createDirectories(settings().getParent());
        String foreign = "{\n  \"allowedTools\": [\n    \"Bash\"\n  ]\n}\n";
        Files.writeString(settings(), foreign);
        host.run("install", "--status-line");

        assertThat(host.run("uninstall")).isZero();

        assertThat(Files.readString(settings())).isEqualTo(foreign);
        assertThat(json(state()).path("mcpServers")).isEmpty();
        assertThat(home.resolve(".claude/skills/claudemesh")).doesNotExist();
    }

    @Test
    void uninstall_oldEntries_areRemovedToo() throws IOException {
        Files.writeString(state(), "{\"mcpServers\":{\"claudemesh:crew\":{},\"mesh:search:42\":{},\"other\":{}}}");
        Files.createDirectories(settings().getParent());
        Files.writeString(settings(), "{\"allowedTools\":[\"mcp__claudemesh__recall\",\"Bash\"]}");

        host.run("uninstall");

        assertThat(json(state()).path("mcpServers").fieldNames()).toIterable().containsExactly("other");
        assertThat(json(settings()).path("allowedTools").toString()).isEqualTo("[\"Bash\"]");
    }

    @Test
    void uninstall_nothingThere_saysSo() {
        assertThat(host.run("uninstall")).isZero();
        assertThat(host.out()).contains("nothing of claudemesh was registered");
    }
}
