package com.claudemesh.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnOriginTest {
    private static final List<URI> CONFIGURED = List.of(URI.create("https://mesh.example/app/"));

    @ParameterizedTest
    @ValueSource(strings = {"https://mesh.example", "http://127.0.0.1:7900"})
    void isOwn_configuredOrTheHostThatWasAsked_isTrue(String origin) {
        assertThat(OwnOrigin.isOwn(origin, "127.0.0.1:7900", CONFIGURED)).isTrue();
    }

    @Test
    void isOwn_programWithoutOrigin_isTrue() {
        assertThat(OwnOrigin.isOwn(null, "127.0.0.1:7900", CONFIGURED)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "https://evil.example",
                "http://mesh.example",
                "https://mesh.example.evil.example",
                "https://mesh.example:8443",
                "http://127.0.0.1:7901",
                "http://127.0.0.1:7900@evil.example",
                "mesh.example",
                "https://"
            })
    void isOwn_anythingElse_isFalse(String origin) {
        assertThat(OwnOrigin.isOwn(origin, "127.0.0.1:7900", CONFIGURED)).isFalse();
    }
}
