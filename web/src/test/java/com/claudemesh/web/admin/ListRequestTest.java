package com.claudemesh.web.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.inspection.PageRequest;
import com.claudemesh.inspection.TimeRange;
import com.claudemesh.web.InvalidParameterException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListRequestTest {
    private static final Set<String> SORTABLE = Set.of("name", "createdAt");

    private static ListRequest with(String name, String... values) {
        MultivaluedHashMap<String, String> query = new MultivaluedHashMap<>();
        query.put(name, List.of(values));
        return new ListRequest(query);
    }

    private static void assertRefused(String field, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        InvalidParameterException.class,
                        e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    void page_nothingGiven_isTheFirstTenInTheListsOrder() {
        assertThat(new ListRequest(new MultivaluedHashMap<>()).page(SORTABLE)).isEqualTo(PageRequest.first(10));
    }

    @Test
    void page_numbers_becomeRowsToSkip() {
        assertThat(with("page", "3").page(SORTABLE).skipped()).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource({"page, 0", "page, x", "perPage, 101", "perPage, -1", "perPage, 99999999999"})
    void page_wrongNumber_isRefused(String name, String value) {
        assertRefused(name, () -> with(name, value).page(SORTABLE));
    }

    @Test
    void page_longText_isRefused() {
        assertRefused("q", () -> with("q", "x".repeat(201)).page(SORTABLE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "{}",
                "[{\"id\":\"password_hash\"}]",
                "[{}]",
                "[{\"id\":\"name\"},{\"id\":\"name\"},{\"id\":\"name\"}]"
            })
    void page_wrongSort_isRefused(String sort) {
        assertRefused("sort", () -> with("sort", sort).page(SORTABLE));
    }

    @Test
    void flag_values_areTruthValues() {
        assertThat(with("banned", "true").flag("banned")).isTrue();
        assertThat(with("banned", "false").flag("banned")).isFalse();
        assertThat(with("banned", "true", "true").flag("banned")).isTrue();
        assertThat(with("banned", "true", "false").flag("banned")).isNull();
        assertThat(with("banned", "").flag("banned")).isNull();
        assertThat(with("other", "true").flag("banned")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "TRUE", "yes", "0", " true"})
    void flag_anythingElse_isRefused(String value) {
        assertRefused("banned", () -> with("banned", value).flag("banned"));
        assertRefused("banned", () -> with("banned", "true", value).flag("banned"));
    }

    @Test
    void values_notOfTheSet_areRefused() {
        assertThat(with("role", "admin", "user").values("role", Set.of("admin", "user")))
                .containsExactly("admin", "user");
        assertRefused("role", () -> with("role", "admin", "root").values("role", Set.of("admin", "user")));
    }

    @Test
    void days_twoTimes_areWholeDays() {
        assertThat(with("createdAt", "1780315200001", "1780315200001").days("createdAt"))
                .isEqualTo(new TimeRange(Instant.parse("2026-06-01T00:00:00Z"), Instant.parse("2026-06-02T00:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "-1", "999999999999999"})
    void days_noTime_isRefused(String value) {
        assertRefused("createdAt", () -> with("createdAt", value, "1").days("createdAt"));
        assertRefused("createdAt", () -> with("createdAt", "1").days("createdAt"));
    }
}
