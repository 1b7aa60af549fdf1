package com.claudemesh.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestSettingsTest {

    @Test
    void from_nothingSet_hasTheDocumentedDefaults() {
        assertThat(settings(Map.of()))
                .isEqualTo(new RestSettings(
                        Duration.ofMinutes(60),
                        20,
                        Duration.ofHours(24),
                        Duration.ofSeconds(60),
                        10,
                        2_000,
                        262_144,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CLAUDEMESH_MEMBER_KEY_MINUTES",
                "CLAUDEMESH_MAX_MEMBER_KEYS",
                "CLAUDEMESH_IDEMPOTENCY_HOURS",
                "CLAUDEMESH_IDEMPOTENCY_LEASE_SECONDS",
                "CLAUDEMESH_STREAMS_PER_KEY",
                "CLAUDEMESH_MAX_STREAMS",
                "CLAUDEMESH_STREAM_BUFFER_BYTES",
                "CLAUDEMESH_STREAM_HEARTBEAT_MILLIS",
                "CLAUDEMESH_STREAM_CHECK_MILLIS"
            })
    void from_outOfBounds_namesTheVariable(String name) {
        assertThatThrownBy(() -> settings(Map.of(name, "0")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(name);
    }

    private static RestSettings settings(Map<String, String> set) {
        return Settings.from(name -> name.equals("BROKER_ENCRYPTION_KEY")
                        ? Optional.of("0".repeat(64))
                        : Optional.ofNullable(set.get(name)))
                .rest();
    }
}
