package com.claudemesh.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ada",
                "Ren\u00e9e O'Neill-Smith",
                "\u0410\u043b\u0438\u0441\u0430",
                "\u4e16\u754c",
                "\u0391\u03bb\u03ad\u03be\u03b7\u03c2 (Alex)",
                "\ud83e\udd80 crab"
            })
    void clean_nameOfAPerson_isKept(String name) {
        assertThat(DisplayName.clean(name)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "a\u0000",
                "a\nb",
                "a\u202eb",
                "a\u200bb",
                "\ufeffa",
                "\u0410da",
                "p\u0430ypal",
                "\u03bfwner",
                "\ud800",
                "\ue000"
            })
    void clean_deceivingName_isRefused(String name) {
        assertThat(DisplayName.clean(name)).isEmpty();
    }

    @Test
    void clean_decomposedName_isComposedAndStripped() {
        assertThat(DisplayName.clean("  Rene\u0301e ")).contains("Ren\u00e9e");
    }

    @Test
    void clean_longerThanSixty_isRefused() {
        assertThat(DisplayName.clean("x".repeat(60))).isPresent();
        assertThat(DisplayName.clean("x".repeat(61))).isEmpty();
    }
}
