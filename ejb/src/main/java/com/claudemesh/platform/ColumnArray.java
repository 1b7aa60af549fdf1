package com.claudemesh.platform;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of many rows as one parameter of a statement, for {@code unnest}: the statement's text is the same for any number
 * of rows, and so is its plan.
 */
public final class ColumnArray {
    private ColumnArray() {}

    /**
     * Sets a parameter to the array of a column's values, in the order of the rows. It goes to the server in its binary form,
     * which neither side has to quote or to parse.
     *
     * @param index of the parameter, from 1
     * @param type of the elements: {@code text}, {@code int4}, {@code int8}, {@code bool} or {@code bytea}. Times go as
     *     milliseconds: a JDBC timestamp in an array loses its zone
     * @throws IllegalArgumentException for another type
     */
    public static <T> void set(
            PreparedStatement statement,
            int index,
            String type,
            Collection<T> rows,
            Function<? super T, ? extends @Nullable Object> column)
            throws SQLException {
        Object[] values = array(type, rows.size());
        int i = 0;
        for (T row : rows) {
            values[i++] = column.apply(row);
        }
        statement.setArray(index, statement.getConnection().createArrayOf(type, values));
    }

    /** The driver chooses the form by the class of the array; {@code Object[]} would go as text. */
    private static Object[] array(String type, int length) {
        return switch (type) {
            case "text" -> new String[length];
            case "int4" -> new Integer[length];
            case "int8" -> new Long[length];
            case "bool" -> new Boolean[length];
            case "bytea" -> new byte[length][];
            default -> throw new IllegalArgumentException("no arrays of " + type);
        };
    }
}
