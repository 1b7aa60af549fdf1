package com.claudemesh.web.admin;

import com.claudemesh.inspection.Page;
import com.claudemesh.inspection.PageRequest;
import com.claudemesh.inspection.TimeRange;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.web.Answer;
import com.claudemesh.web.InvalidParameterException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The query of a list: page, order and filters. Every wrong parameter stops the request with a 422 that names it. */
final class ListRequest {
    private static final int DEFAULT_PER_PAGE = 10;
    private static final int MAX_PER_PAGE = 100;
    private static final int MAX_PAGE = 1_000_000;
    private static final int MAX_VALUES = 50;
    private static final int MAX_TEXT_CHARS = 200;
    private static final Set<String> FLAGS = Set.of("true", "false");

    private final MultivaluedMap<String, String> query;

    ListRequest(MultivaluedMap<String, String> query) {
        this.query = query;
    }

    /** @param sortable names of the columns that the list may be sorted by */
    PageRequest page(Set<String> sortable) {
        int page = number("page", 1, MAX_PAGE);
        int perPage = number("perPage", DEFAULT_PER_PAGE, MAX_PER_PAGE);
        String text = first("q", "").strip();
        if (text.length() > MAX_TEXT_CHARS) {
            throw invalid("q", "must be at most " + MAX_TEXT_CHARS + " characters");
        }
        return new PageRequest(text, orders(sortable), perPage, (page - 1L) * perPage);
    }

    private int number(String name, int fallback, int max) {
        try {
            int value = Integer.parseInt(first(name, Integer.toString(fallback)));
            if (value >= 1 && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw invalid(name, "must be a whole number from 1 to " + max);
        }
        throw invalid(name, "must be a whole number from 1 to " + max);
    }

    private String first(String name, String fallback) {
        String value = query.getFirst(name);
        return value == null || value.isBlank() ? fallback : value;
    }

    private List<PageRequest.Order> orders(Set<String> sortable) {
        List<PageRequest.Order> orders = new ArrayList<>();
        for (JsonNode one : parsed(first("sort", "[]"))) {
            String column = one.path("id").asText();
            if (!sortable.contains(column) || orders.size() == sortable.size()) {
                throw invalid("sort", "must be a list of {\"id\",\"desc\"} with id one of " + sortable);
            }
            orders.add(new PageRequest.Order(column, one.path("desc").asBoolean()));
        }
        return orders;
    }

    private static JsonNode parsed(String sort) {
        try {
            JsonNode node = Json.mapper().readTree(sort);
            if (node.isArray()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw invalid("sort", "must be a JSON list");
        }
        throw invalid("sort", "must be a JSON list");
    }

    /** Every value of a parameter that may be repeated; empty when it is not there. */
    Set<String> values(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.size() > MAX_VALUES) {
            throw invalid(name, "must be given at most " + MAX_VALUES + " times");
        }
        return new LinkedHashSet<>(values);
    }

    /** As {@link #values(String)}, of a closed set. */
    Set<String> values(String name, Set<String> allowed) {
        Set<String> values = values(name);
        if (!allowed.containsAll(values)) {
            throw invalid(name, "must be one of " + allowed);
        }
        return values;
    }

    /** Null when the parameter is not there, and when it is repeated with both values: then nothing is left out. */
    @Nullable
    Boolean flag(String name) {
        Set<String> values = values(name);
        values.remove("");
        if (!FLAGS.containsAll(values)) {
            throw invalid(name, "must be true or false");
        }
        return values.size() == 1 ? Boolean.valueOf(values.iterator().next()) : null;
    }

    /** Two times in milliseconds, of which whole days in UTC are meant; null when they are not there. */
    @Nullable
    TimeRange days(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.isEmpty()) {
            return null;
        }
        if (values.size() != 2) {
            throw invalid(name, "must be given twice: from and to");
        }
        Instant from = day(name, values.get(0));
        Instant to = day(name, values.get(1));
        return new TimeRange(from, to.plus(1, ChronoUnit.DAYS));
    }

    private static Instant day(String name, String millis) {
        // Years beyond these are beyond what PostgreSQL keeps, too.
        if (!millis.matches("[0-9]{1,14}")) {
            throw invalid(name, "must be milliseconds since 1970");
        }
        return Instant.ofEpochMilli(Long.parseLong(millis)).truncatedTo(ChronoUnit.DAYS);
    }

    static <T> Response answer(Page<T> page, Function<T, Map<String, Object>> view) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("data", page.rows().stream().map(view).toList());
        body.put("total", page.total());
        return Answer.builder(200, body).header("Cache-Control", "no-store").build();
    }

    private static InvalidParameterException invalid(String field, String problem) {
        return new InvalidParameterException(field, problem);
    }
}
