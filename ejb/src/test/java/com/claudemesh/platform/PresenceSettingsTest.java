package com.claudemesh.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresenceSettingsTest {

    @Test
    void nothingSet_isAsTheProtocolSays() {
        assertThat(read(Map.of()))
                .isEqualTo(new PresenceSettings(
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30),
                        30,
                        600,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(90),
                        60,
                        Duration.ofDays(30)));
    }

    @Test
    void leaseGrace_set_isTaken() {
        assertThat(read(Map.of("CLAUDEMESH_LEASE_GRACE_MILLIS", "1500")).leaseGrace())
                .isEqualTo(Duration.ofMillis(1500));
    }

    @ParameterizedTest
    @CsvSource({
        "STATUS_TTL_SECONDS,0",
        "HOOK_FRESH_WINDOW_SECONDS,-1",
        "HOOK_RATE_LIMIT_PER_MIN,many",
        "CLAUDEMESH_HOOK_RATE_PER_ADDRESS_PER_MINUTE,0",
        "CLAUDEMESH_PENDING_STATUS_SECONDS,601",
        "CLAUDEMESH_LEASE_GRACE_MILLIS,0",
        "CLAUDEMESH_PRESENCE_CHANGES_PER_MINUTE,1.5",
        "CLAUDEMESH_PRESENCE_RETENTION_DAYS,0"
    })
    void value_outOfBounds_stopsTheStartNamingTheVariable(String name, String value) {
        assertThatThrownBy(() -> read(Map.of(name, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(name);
    }

    private static PresenceSettings read(Map<String, String> environment) {
        return Settings.from(name -> name.equals("BROKER_ENCRYPTION_KEY")
                        ? Optional.of("ab".repeat(32))
                        : Optional.ofNullable(environment.get(name)))
                .presence();
    }
}
