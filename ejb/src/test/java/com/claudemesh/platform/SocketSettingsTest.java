package com.claudemesh.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketSettingsTest {

    @Test
    void nothingSet_isAsTheProtocolSays() {
        assertThat(read(Map.of()))
                .isEqualTo(new SocketSettings(
                        10_000, 1_000, 20_000, 16 * 1_024 * 1_024, 4 * 1_024 * 1_024, 20_000, 30_000, 75_000));
    }

    @Test
    void stalledWrite_set_isTaken() {
        assertThat(read(Map.of("CLAUDEMESH_STALLED_WRITE_MILLIS", "1500")).stalledWriteMillis())
                .isEqualTo(1_500);
    }

    @ParameterizedTest
    @CsvSource({
        "CLAUDEMESH_HELLO_DEADLINE_MILLIS,99",
        "CLAUDEMESH_MAX_UNAUTHENTICATED_SOCKETS,0",
        "CLAUDEMESH_INBOX_MAX_FRAMES,0",
        "CLAUDEMESH_INBOX_MAX_BYTES,262143",
        "CLAUDEMESH_OUTBOX_MAX_BYTES,1073741825",
        "CLAUDEMESH_STALLED_WRITE_MILLIS,99",
        "CLAUDEMESH_PING_INTERVAL_MILLIS,soon",
        "CLAUDEMESH_PONG_TIMEOUT_MILLIS,199"
    })
    void value_outOfBounds_stopsTheStartNamingTheVariable(String name, String value) {
        assertThatThrownBy(() -> read(Map.of(name, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(name);
    }

    private static SocketSettings read(Map<String, String> environment) {
        return Settings.from(name -> name.equals("BROKER_ENCRYPTION_KEY")
                        ? Optional.of("ab".repeat(32))
                        : Optional.ofNullable(environment.get(name)))
                .sockets();
    }
}
