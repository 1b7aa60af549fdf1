package com.claudemesh.cli.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentGrammarTest {
    private static Invocation read(String line) {
        return ArgumentGrammar.read(line.isEmpty() ? List.of() : Arrays.asList(line.split(" ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-y send bob hi|send|-y,bob,hi",
                "--json peers|peers|--json=",
                "--mesh crew send bob hi|send|--mesh=crew,bob,hi",
                "peers --json name.first|peers|--json=name.first",
                "peer list --json name|peer list|--json=name",
                "peers --json=name|peers|--json=name",
                "send bob --json hello|send|bob,--json=,hello",
                "message send bob hi|message send|bob,hi",
                "send bob -- -x --json|send|bob,--,-x,--json",
                "send bob --priority=now hi|send|bob,--priority=now,hi",
                "launch -r abc -c|launch|-r,abc,-c",
                "mesh frobnicate now|mesh frobnicate|now",
            })
    void read_line_separatesCommandAndArguments(String line, String words, String arguments) {
        Invocation invocation = read(line);

        assertThat(invocation.words()).containsExactly(words.split(" "));
        assertThat(invocation.arguments()).containsExactly(arguments.split(","));
    }

    @ParameterizedTest
    @CsvSource({"''", "--resume abc", "-y", "--name Ada", "-c", "--mesh crew"})
    void read_flagsOnly_hasNoCommand(String line) {
        assertThat(read(line).words()).isEmpty();
    }

    @Test
    void help_afterEndOfOptions_isNotAsked() {
        assertThat(read("launch -- --help").help()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"help", "send --help", "-h", "--help peers"})
    void help_anywhere_isAsked(String line) {
        assertThat(read(line).help()).isTrue();
    }

    @Test
    void version_behindAVerb_isAsked() {
        assertThat(read("peers -V").version()).isTrue();
    }
}
