package com.claudemesh.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void parse_nothing_startsInForegroundWithDefaults() {
        Options options = Options.parse(List.of());

        assertThat(options)
                .isEqualTo(
                        new Options(Options.Verb.START, 7900, Path.of("data").toAbsolutePath(), false, false, false));
    }

    @Test
    void parse_optionsAroundVerb_areTaken() {
        Options options = Options.parse(List.of("--port=8123", "status", "--data", "/srv/mesh/", "--json"));

        assertThat(options).isEqualTo(new Options(Options.Verb.STATUS, 8123, Path.of("/srv/mesh"), false, true, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "http", "79 00", "99999999999"})
    void parse_portOutOfRange_isRefusedNamingIt(String port) {
        assertThatThrownBy(() -> Options.parse(List.of("--port", port)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("--port must be a whole number from 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--prot", "restart", "--data", "--port", "--data="})
    void parse_unknownOrIncompleteArgument_isUsageError(String argument) {
        assertThatThrownBy(() -> Options.parse(List.of(argument)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.exitCode()).isEqualTo(Refusal.USAGE));
    }

    @Test
    void parse_optionOfAnotherVerb_isRefused() {
        assertThatThrownBy(() -> Options.parse(List.of("stop", "--json"))).hasMessageContaining("--json");
        assertThatThrownBy(() -> Options.parse(List.of("status", "--detach"))).hasMessageContaining("--detach");
    }

    @Test
    void parse_twoVerbs_isRefused() {
        assertThatThrownBy(() -> Options.parse(List.of("stop", "status"))).hasMessageContaining("one verb");
    }
}
