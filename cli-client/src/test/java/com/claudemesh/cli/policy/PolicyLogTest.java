package com.claudemesh.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyLogTest {
    @TempDir
    Path directory;

    private PolicyLog log;

    @BeforeEach
    void open() {
        log = new PolicyLog(directory);
    }

    private static ObjectNode entry(String verb) {
        return Output.object().put("resource", "peer").put("verb", verb).put("decision", "allow");
    }

    private void filled(String... verbs) {
        for (String verb : verbs) {
            log.append(entry(verb));
        }
    }

    private void replace(List<String> lines) throws IOException {
        Files.write(log.file(), lines);
    }

    @Test
    void append_entries_fitTogetherAndAreTheOwnersOnly() throws Exception {
        filled("list", "kick", "ban");

        assertThat(log.read().brokenLine()).isZero();
        assertThat(log.read().lines())
                .extracting(line -> line.path("verb").asText())
                .containsExactly("list", "kick", "ban");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log.file())))
                .isEqualTo("rw-------");
    }

    @Test
    void read_changedLine_isFound() throws Exception {
        filled("list", "kick", "ban");
        List<String> lines = Files.readAllLines(log.file());

        replace(List.of(lines.get(0), lines.get(1).replace("kick", "list"), lines.get(2)));

        assertThat(log.read().brokenLine()).isEqualTo(2);
    }

    @Test
    void read_lineTakenOut_isFound() throws Exception {
        filled("list", "kick", "ban");
        List<String> lines = Files.readAllLines(log.file());

        replace(List.of(lines.get(0), lines.get(2)));

        assertThat(log.read().brokenLine()).isEqualTo(2);
    }

    @Test
    void append_afterHalfALine_beginsANewOne() throws Exception {
        filled("list");
        Files.writeString(log.file(), "{\"verb\":\"ki", StandardOpenOption.APPEND);

        filled("ban");

        assertThat(log.read().lines()).hasSize(3);
        assertThat(log.read().brokenLine()).isEqualTo(2);
        assertThat(log.read().lines().get(2).path("verb").asText()).isEqualTo("ban");
    }

    @Test
    void append_fullFile_isPutAwayAndContinued() throws Exception {
        filled("list");
        String last = Files.readAllLines(log.file()).get(0);
        Files.writeString(
                log.file(), (" ".repeat(1023) + "\n").repeat((int) (PolicyLog.MAX_BYTES / 1024)) + last + "\n");

        filled("kick");

        assertThat(directory.resolve("audit.log.1")).isRegularFile();
        assertThat(log.read().lines())
                .singleElement()
                .satisfies(line ->
                        assertThat(last).contains(line.path("prev").asText()).contains("hash"));
        assertThat(log.read().brokenLine()).isZero();
    }
}
