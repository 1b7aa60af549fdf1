package com.claudemesh.web.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times, numbers and content types of requests. */
class RequestReadingTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05.678Z, 2026-01-02T03:04:05.678Z",
        "2026-01-02T03:04:05+02:00, 2026-01-02T01:04:05Z",
        "2026-01-02, 2026-01-02T00:00:00Z"
    })
    void time_isoText_isThatMoment(String text, Instant expected) {
        assertThat(QueryTime.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-13-01",
                "2026-01-02T03:04:05",
                "+999999999-01-01T00:00:00Z",
                "1700000000000"
            })
    void time_anythingElse_isNone(String text) {
        assertThat(QueryTime.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "200, 200", "201, 200", "0, 1", "-5, 1", "99999999999, 200"})
    void limit_number_isCutToItsBounds(String text, int expected) {
        assertThat(QueryNumber.clamped("limit", text, 50, 200)).isEqualTo(expected);
        assertThat(QueryNumber.clamped("limit", null, 50, 200)).isEqualTo(50);
    }

    @Test
    void limit_noNumber_isRefused() {
        assertThatThrownBy(() -> QueryNumber.clamped("limit", "many", 50, 200)).hasMessageStartingWith("limit:");
        assertThatThrownBy(() -> QueryNumber.exact("keyEpoch", "0")).hasMessageStartingWith("keyEpoch:");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, false",
        "application/problem+json, false",
        "text/plain, true",
        "application/x-www-form-urlencoded, true",
        "multipart/form-data, true"
    })
    void form_contentType_decides(String type, boolean possible) {
        assertThat(FormRequest.isPossible(type(type))).isEqualTo(possible);
        assertThat(FormRequest.isPossible(null)).isTrue();
    }

    @Test
    void form_origin_mustBeOurs() {
        List<URI> own = List.of(URI.create("https://mesh.example/app"));

        assertThat(FormRequest.isOwnOrigin("https://mesh.example", own)).isTrue();
        assertThat(FormRequest.isOwnOrigin("http://mesh.example", own)).isFalse();
        assertThat(FormRequest.isOwnOrigin("https://mesh.example.evil", own)).isFalse();
        assertThat(FormRequest.isOwnOrigin(null, own)).isFalse();
    }

    /** {@code MediaType.valueOf} needs a container. */
    private static MediaType type(String text) {
        String[] parts = text.split("/");
        return new MediaType(parts[0], parts[1]);
    }
}
