package com.claudemesh.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/account", "/cli-auth?session=clm_sess_X", "/a/b?c=d&e=%2F#f"})
    void of_pathOnThisServer_isKept(String path) {
        assertThat(ReturnPath.of(path)).isEqualTo(path);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "account",
                "//evil.example",
                "/\\evil.example",
                "https://evil.example",
                "javascript:alert(1)",
                "/a\r\nSet-Cookie: x=y",
                "/\"><script>",
                "/\u0430"
            })
    void of_anythingElse_isTheAccountPage(String path) {
        assertThat(ReturnPath.of(path)).isEqualTo("/account");
    }
}
