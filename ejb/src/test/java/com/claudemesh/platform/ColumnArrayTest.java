package com.claudemesh.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ColumnArrayTest {
    private record Line(
            @Nullable String text,
            @Nullable Integer small,
            @Nullable Long large,
            @Nullable Boolean flag) {}

    private static final List<Line> LINES = List.of(
            new Line("plain", 1, 1L, true),
            new Line("\"quoted\", {braces}, back\\slash and NULL", -5, Long.MAX_VALUE, false),
            new Line("", 0, 0L, false),
            new Line("ünïcödé \uD83D\uDE80\nline", Integer.MIN_VALUE, Long.MIN_VALUE, true),
            new Line("NULL", 7, 7L, true),
            new Line(null, null, null, null));

    private static DataSource database;

    @BeforeAll
    static void connect() {
        database = TestDatabase.fresh();
    }

    private interface Reader<V> {
        @Nullable
        V read(ResultSet row) throws SQLException;
    }

    private static <V> List<V> throughPostgres(
            String type, String cast, Function<Line, @Nullable Object> column, Reader<V> reader) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT v FROM unnest(?::" + cast + "[]) WITH ORDINALITY AS t (v, n) ORDER BY n")) {
            ColumnArray.set(statement, 1, type, LINES, column);
            List<V> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    V value = reader.read(rows);
                    values.add(rows.wasNull() ? null : value);
                }
            }
            return values;
        }
    }

    @Test
    void set_everyType_arrivesAsItWasInTheOrderOfTheRows() throws SQLException {
        assertThat(throughPostgres("text", "text", Line::text, row -> row.getString(1)))
                .isEqualTo(values(Line::text));
        assertThat(throughPostgres("int4", "integer", Line::small, row -> row.getInt(1)))
                .isEqualTo(values(Line::small));
        assertThat(throughPostgres("int8", "bigint", Line::large, row -> row.getLong(1)))
                .isEqualTo(values(Line::large));
        assertThat(throughPostgres("bool", "boolean", Line::flag, row -> row.getBoolean(1)))
                .isEqualTo(values(Line::flag));
        assertThat(throughPostgres("bytea", "bytea", ColumnArrayTest::bytes, row -> row.getBytes(1)))
                .usingElementComparator(Arrays::compare)
                .isEqualTo(values(ColumnArrayTest::bytes));
    }

    private static <V> List<V> values(Function<Line, V> column) {
        List<V> values = new ArrayList<>();
        LINES.forEach(line -> values.add(column.apply(line)));
        return values;
    }

    private static byte @Nullable [] bytes(Line line) {
        return line.text() == null ? null : line.text().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void set_typeWithoutABinaryForm_isRefused() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT ?::timestamptz[]")) {
            assertThatThrownBy(() -> ColumnArray.set(statement, 1, "timestamptz", LINES, Line::text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("timestamptz");
        }
    }
}
