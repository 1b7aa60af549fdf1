package com.claudemesh.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @Test
    void parse_mixedCaseWithBlanks_isCanonical() {
        assertThat(EmailAddress.parse("  Ada.L+x@Example.ORG ")).contains(new EmailAddress("ada.l+x@example.org"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "@example.org",
                "ada@",
                "ada@@example.org",
                "ada@-example.org",
                "ada@example..org",
                ".ada@example.org",
                "ada.@example.org",
                "ada@example.org\r\nBcc: all@example.org",
                "ada\u0000@example.org",
                "\u0430da@example.org",
                "ada@ex\u0430mple.org",
                "\uff41da@example.org",
                "ada@example.org,eve@example.org",
                "\"ada\"@example.org",
                "ada b@example.org"
            })
    void parse_anythingElse_isRefused(String text) {
        assertThat(EmailAddress.parse(text)).isEmpty();
    }

    @Test
    void parse_longerThanAMailboxMayBe_isRefused() {
        assertThat(EmailAddress.parse("a".repeat(65) + "@example.org")).isEmpty();
        assertThat(EmailAddress.parse("a@" + "b".repeat(300) + ".org")).isEmpty();
    }
}
