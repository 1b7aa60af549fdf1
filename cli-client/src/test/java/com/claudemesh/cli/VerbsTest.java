package com.claudemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.grammar.Verb;
import com.claudemesh.cli.testing.TestHost;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class VerbsTest {
    @TempDir
    Path home;

    static Stream<Verb> verbs() {
        return Verbs.forPeople().stream();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void help_everyVerb_describesItsCommand(Verb verb) {
        TestHost host = new TestHost(home);
        String[] words = (verb.name() + " --help").split(" ");

        assertThat(host.run(words)).isZero();

        assertThat(host.out()).startsWith("Usage: claudemesh " + verb.name());
    }

    @Test
    void find_spelling_meansOneVerb() {
        List<String> spellings = verbs().flatMap(Verb::spellings).toList();

        assertThat(spellings).doesNotHaveDuplicates();
    }

    @Test
    void runsBare_commands_meanByTheirFieldsWhatAnEmptyCommandLineMeans() {
        List<Callable<Integer>> bare = verbs().map(verb -> VerbCommands.make(verb, new TestHost(home).services()))
                .filter(RunsBare.class::isInstance)
                .toList();

        assertThat(bare)
                .hasSizeGreaterThan(3)
                .flatExtracting(
                        command -> new CommandLine(command).getCommandSpec().args())
                .allSatisfy(argument -> assertThat(argument.required()).isFalse())
                .allSatisfy(argument -> assertThat(argument.defaultValue()).isNull());
    }
}
