package com.claudemesh.inspection;

import com.claudemesh.platform.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A list that is filtered, sorted and paged. Its text is made of constants only: conditions are written here, columns are
 * looked up by name, values are parameters.
 */
final class Listing {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final String CANCELLED = "57014";

    private final String columns;
    private final String from;
    private final Map<String, String> sortable;
    private final String tieBreaker;
    private final int timeoutMillis;

    /**
     * @param columns what is read of a row
     * @param from tables and joins
     * @param sortable expressions that may be sorted by, by the names of their columns in answers; the first one, descending,
     *     is the list's own order
     * @param tieBreaker a unique column
     */
    Listing(String columns, String from, LinkedHashMap<String, String> sortable, String tieBreaker) {
        this(columns, from, sortable, tieBreaker, TIMEOUT_MILLIS);
    }

    /** @param timeoutMillis what one statement may take */
    Listing(String columns, String from, LinkedHashMap<String, String> sortable, String tieBreaker, int timeoutMillis) {
        this.timeoutMillis = timeoutMillis;
        this.columns = columns;
        this.from = from;
        this.sortable = sortable;
        this.tieBreaker = tieBreaker;
    }

    Set<String> sortableColumns() {
        return sortable.keySet();
    }

    /** @throws SlowListException when the database needs more than ten seconds */
    <T> Page<T> page(Connection connection, Conditions conditions, PageRequest request, Sql.Row<T> row)
            throws SQLException {
        try {
            Sql.update(connection, "SET LOCAL statement_timeout = " + timeoutMillis);
            return read(connection, conditions, request, row);
        } catch (SQLException e) {
            if (CANCELLED.equals(e.getSQLState())) {
                throw new SlowListException(e);
            }
            throw e;
        }
    }

    private <T> Page<T> read(Connection connection, Conditions conditions, PageRequest request, Sql.Row<T> row)
            throws SQLException {
        String filtered = " FROM " + from + conditions.where();
        List<@Nullable Object> parameters = new ArrayList<>(conditions.parameters);
        long total = Sql.first(
                        connection, "SELECT count(*)" + filtered, count -> count.getLong(1), parameters.toArray())
                .orElse(0L);
        parameters.add(request.maxRows());
        parameters.add(request.skipped());
        String sql = "SELECT " + columns + filtered + " ORDER BY " + order(request.orders()) + " LIMIT ? OFFSET ?";
        return new Page<>(Sql.list(connection, sql, row, parameters.toArray()), total);
    }

    private String order(List<PageRequest.Order> wanted) {
        List<PageRequest.Order> orders = wanted.isEmpty()
                ? List.of(new PageRequest.Order(sortable.keySet().iterator().next(), true))
                : wanted;
        return orders.stream().map(this::order).collect(Collectors.joining(", ")) + ", " + tieBreaker;
    }

    private String order(PageRequest.Order order) {
        String expression = sortable.get(order.column());
        if (expression == null) {
            throw new IllegalArgumentException("the list cannot be sorted by this column");
        }
        return expression + (order.descending() ? " DESC NULLS LAST" : " NULLS FIRST");
    }

    /** What rows must fulfil, all of it. */
    static final class Conditions {
        private final List<String> texts = new ArrayList<>();
        private final List<@Nullable Object> parameters = new ArrayList<>();

        Conditions and(String condition, @Nullable Object... values) {
            texts.add("(" + condition + ")");
            parameters.addAll(Arrays.asList(values));
            return this;
        }

        /** The text occurs in one of the expressions, in any case. */
        Conditions contains(String text, String... expressions) {
            if (text.isEmpty()) {
                return this;
            }
            String condition = Arrays.stream(expressions)
                    .map(expression -> "position(lower(?) IN lower(" + expression + ")) > 0")
                    .collect(Collectors.joining(" OR "));
            Object[] values = new Object[expressions.length];
            Arrays.fill(values, text);
            return and(condition, values);
        }

        /** The expression is one of the values, if there are any. */
        Conditions oneOf(String expression, Collection<String> values) {
            return values.isEmpty() ? this : and(expression + " = ANY (?)", (Object) values.toArray(String[]::new));
        }

        /** The condition holds, or does not hold; null for both. */
        Conditions holds(String condition, @Nullable Boolean wanted) {
            return wanted == null ? this : and((wanted ? "" : "NOT ") + "coalesce((" + condition + "), false)");
        }

        Conditions within(String expression, @Nullable TimeRange range) {
            return range == null
                    ? this
                    : and(expression + " >= ? AND " + expression + " < ?", range.from(), range.to());
        }

        private String where() {
            return texts.isEmpty() ? "" : " WHERE " + String.join(" AND ", texts);
        }
    }
}
