package com.claudemesh.cli.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InviteUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://mesh.example/i/abc123",
                "http://127.0.0.1:8080/de/join/token",
                "ic://join/token",
                "claudemesh://abc123"
            })
    void matches_invitation_yes(String word) {
        assertThat(InviteUrl.matches(word)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"join", "https://mesh.example/docs", "https://mesh.example/eng/i/abc", "mesh.example/i/abc"})
    void matches_other_no(String word) {
        assertThat(InviteUrl.matches(word)).isFalse();
    }
}
