package com.claudemesh.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SupervisorSettingsTest {

    @Test
    void from_nothing_listensOnLoopbackWithEmbeddedDatabase() {
        SupervisorSettings settings = SupervisorSettings.from(Map.of());

        assertThat(settings).isEqualTo(new SupervisorSettings("127.0.0.1", 64, 32, List.of(), 300, Optional.empty()));
    }

    @Test
    void from_numbersOutOfRange_isRefusedNamingEachOfThem() {
        Map<String, String> environment = Map.of(
                "CLAUDEMESH_HTTP_THREADS", "5",
                "CLAUDEMESH_DATABASE_CONNECTIONS", "many",
                "CLAUDEMESH_START_TIMEOUT_SECONDS", "99999");

        assertThatThrownBy(() -> SupervisorSettings.from(environment))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("CLAUDEMESH_HTTP_THREADS must be a whole number from 8 to 2000")
                .hasMessageContaining("CLAUDEMESH_DATABASE_CONNECTIONS must be a whole number from 4 to 1000")
                .hasMessageContaining("CLAUDEMESH_START_TIMEOUT_SECONDS must be a whole number from 10 to 3600");
    }

    @Test
    void from_databaseUrlWithoutPassword_takesItFromItsOwnVariable() {
        SupervisorSettings settings = SupervisorSettings.from(
                Map.of("DATABASE_URL", "postgres://mesh@db/mesh", "DATABASE_PASSWORD", "s3cret"));

        assertThat(settings.externalDatabase().orElseThrow().password()).isEqualTo("s3cret");
    }

    @Test
    void from_javaOptions_areSplitAtSpaces() {
        assertThat(SupervisorSettings.from(Map.of("CLAUDEMESH_JAVA_OPTIONS", " -Xmx1g  -XX:+UseSerialGC "))
                        .javaOptions())
                .containsExactly("-Xmx1g", "-XX:+UseSerialGC");
    }
}
