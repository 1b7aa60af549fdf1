package com.claudemesh.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRuleTest {

    @Test
    void problem_longPassphrase_isNone() {
        assertThat(PasswordRule.problem("correct horse battery staple", "ada@example.org"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "aaaaaaaaaaaaaaaaaa", "abababababababab", "ada.lovelace@example.org"})
    void problem_weakPassword_isNamed(String password) {
        assertThat(PasswordRule.problem(password, "ada.lovelace@example.org")).isPresent();
    }

    @Test
    void problem_longerThanTheLimit_isNamed() {
        assertThat(PasswordRule.problem("abcdefgh".repeat(40), "")).isPresent();
    }
}
