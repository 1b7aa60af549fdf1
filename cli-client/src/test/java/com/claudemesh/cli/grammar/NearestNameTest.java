package com.claudemesh.cli.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    private static final List<String> NAMES = List.of("send", "peers", "join");

    @Test
    void to_twoEdits_suggests() {
        assertThat(NearestName.to("pers", NAMES)).contains("peers");
    }

    @Test
    void to_threeEdits_staysSilent() {
        assertThat(NearestName.to("sendmail", NAMES)).isEmpty();
    }

    @Test
    void to_swappedLetters_suggests() {
        assertThat(NearestName.to("jion", NAMES)).contains("join");
    }
}
