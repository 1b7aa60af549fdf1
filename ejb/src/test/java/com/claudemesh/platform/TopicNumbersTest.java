package com.claudemesh.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicNumbersTest {

    @Test
    void nothingSet_keepsPostsAndHasBounds() {
        assertThat(read(Map.of())).isEqualTo(new TopicNumbers(1_000, 0, 90, 1_000, 32, 120, 600, 500));
    }

    @ParameterizedTest
    @CsvSource({
        "CLAUDEMESH_MAX_TOPICS_PER_MESH,0",
        "CLAUDEMESH_TOPIC_RETENTION_DAYS,-1",
        "CLAUDEMESH_NOTIFICATION_RETENTION_DAYS,0",
        "CLAUDEMESH_TOPIC_MAX_UNREAD,0",
        "CLAUDEMESH_TOPIC_MAX_NOTIFIED,-1",
        "CLAUDEMESH_TOPIC_CHANGES_PER_MINUTE,many",
        "CLAUDEMESH_TOPIC_READS_PER_MINUTE,0",
        "CLAUDEMESH_TOPIC_POLL_MILLIS,49"
    })
    void value_outOfBounds_stopsTheStartNamingTheVariable(String name, String value) {
        assertThatThrownBy(() -> read(Map.of(name, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(name);
    }

    private static TopicNumbers read(Map<String, String> environment) {
        return Settings.from(name -> name.equals("BROKER_ENCRYPTION_KEY")
                        ? Optional.of("ab".repeat(32))
                        : Optional.ofNullable(environment.get(name)))
                .topics();
    }
}
