package com.claudemesh.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.config.PrivateFiles;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.encoding.JsonReader;
import com.claudemesh.protocol.frame.AuditQuery;
import com.claudemesh.protocol.frame.AuditResult;
import com.claudemesh.protocol.frame.AuditVerify;
import com.claudemesh.protocol.frame.AuditVerifyResult;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditCommandsTest {
    private final AuditRecord record = new AuditRecord().with(2);

    @TempDir
    Path home;

    /** The mesh's id is that of the record. */
    private TestHost host() {
        TestHost host = new TestHost(home);
        host.joined("crew");
        host.meshes()
                .answers(
                        AuditQuery.class,
                        new AuditResult(
                                List.of(
                                        record.entries().get(1),
                                        record.entries().get(0)),
                                2));
        return host;
    }

    @Test
    void list_json_isTheEventsNewestFirst() {
        TestHost host = host();

        assertThat(host.run("audit", "list", "--json", "id,eventType")).isZero();

        assertThat(host.json().toString())
                .isEqualTo("[{\"id\":4,\"eventType\":\"message_sent\"},{\"id\":1,\"eventType\":\"message_sent\"}]");
    }

    @Test
    void list_options_reachTheServer() {
        TestHost host = host();

        host.run("audit", "list", "--limit", "7", "--offset", "3", "--type", "member_banned");

        assertThat(host.meshes().asked()).containsExactly(new AuditQuery(7L, 3L, "member_banned"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--limit=0", "--limit=501", "--offset=-1", "--limit=x"})
    void list_badBounds_error(String option) {
        TestHost host = host();

        assertThat(host.run("audit", "list", option)).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.meshes().asked()).isEmpty();
    }

    @Test
    void audit_withoutVerb_saysWhichThereAre() {
        TestHost host = host();

        assertThat(host.run("audit")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.err()).contains("list|verify|export");
    }

    @Test
    void verify_intact_exitCode0() {
        TestHost host = host();
        host.meshes().answers(AuditVerify.class, new AuditVerifyResult(true, 12, null));

        assertThat(host.run("audit", "verify", "--json")).isZero();

        assertThat(host.json().path("valid").asBoolean()).isTrue();
        assertThat(host.json().path("entries").asLong()).isEqualTo(12);
    }

    @Test
    void verify_broken_exitCode8NamesTheEvent() {
        TestHost host = host();
        host.meshes().answers(AuditVerify.class, new AuditVerifyResult(false, 12, 7L));

        assertThat(host.run("audit", "verify", "--json")).isEqualTo(ExitCode.INTERNAL_ERROR);

        assertThat(host.json().path("broken_at").asLong()).isEqualTo(7);
        assertThat(host.err()).contains("#7");
    }

    @Test
    void verify_local_doesNotBelieveTheServer() {
        record.change(0, com.claudemesh.cli.output.Output.object().put("number", 99));
        TestHost host = host();
        host.meshes().answers(AuditVerify.class, new AuditVerifyResult(true, 2, null));

        assertThat(host.run("audit", "verify", "--local", "--json")).isEqualTo(ExitCode.INTERNAL_ERROR);

        assertThat(host.json().path("broken_at").asLong()).isEqualTo(1);
    }

    @Test
    void verify_forbidden_exitCode7() {
        TestHost host = host();
        host.meshes().refuses(AuditVerify.class, new CliException(ExitCode.PERMISSION_DENIED, "forbidden", "no", ""));

        assertThat(host.run("audit", "verify")).isEqualTo(ExitCode.PERMISSION_DENIED);
    }

    @Test
    void export_noFile_printsJsonLinesOldestFirst() {
        TestHost host = host();

        assertThat(host.run("audit", "export")).isZero();

        List<JsonNode> lines = host.out()
                .lines()
                .map(line -> JsonReader.read(line).orElseThrow())
                .toList();
        assertThat(lines).extracting(line -> line.path("id").asLong()).containsExactly(1L, 4L);
        assertThat(lines.get(1).path("prevHash").asText())
                .isEqualTo(lines.get(0).path("hash").asText());
    }

    @Test
    void export_file_isPrivate() throws IOException {
        TestHost host = host();
        Path file = home.resolve("events.jsonl");

        assertThat(host.run("audit", "export", "--out", file.toString(), "--json"))
                .isZero();

        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(PrivateFiles.mode(file)).contains("rw-------");
        assertThat(host.json().path("entries").asLong()).isEqualTo(2);
    }

    @Test
    void export_existingFile_isKept() throws IOException {
        Path file = Files.writeString(home.resolve("events.jsonl"), "mine");

        assertThat(host().run("audit", "export", "--out", file.toString())).isEqualTo(ExitCode.ALREADY_EXISTS);
        assertThat(file).hasContent("mine");
    }

    @Test
    void export_brokenChain_writesEverythingAndSaysSo() {
        record.change(1, com.claudemesh.cli.output.Output.object().put("number", 99));
        TestHost host = host();

        assertThat(host.run("audit", "export")).isEqualTo(ExitCode.INTERNAL_ERROR);

        assertThat(host.out().lines()).hasSize(2);
        assertThat(host.err()).contains("#4");
    }
}
