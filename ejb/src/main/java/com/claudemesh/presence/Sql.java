package com.claudemesh.presence;

import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.PeerProfile;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Values between Java and PostgreSQL, for the stores of this package. */
final class Sql {
    private static final TypeReference<List<GroupLabel>> GROUPS = new TypeReference<>() {};

    private Sql() {}

    /** Binds all parameters in order. A text array needs its own {@code setArray}. */
    static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            statement.setObject(i + 1, value instanceof Instant instant ? Timestamp.from(instant) : value);
        }
    }

    static String json(Object value) throws SQLException {
        try {
            return Json.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new SQLException("a value cannot be written as JSON", e);
        }
    }

    static List<GroupLabel> groups(String json) throws SQLException {
        try {
            return Json.mapper().readValue(json, GROUPS);
        } catch (JsonProcessingException e) {
            throw new SQLException("stored groups cannot be read", e);
        }
    }

    static PeerProfile profile(String json) throws SQLException {
        try {
            return Json.mapper().readValue(json, PeerProfile.class);
        } catch (JsonProcessingException e) {
            throw new SQLException("a stored profile cannot be read", e);
        }
    }

    /** What is done in one transaction. */
    @FunctionalInterface
    interface Work {
        void in(Connection connection) throws SQLException;
    }

    static void inTransaction(DataSource database, Work work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                work.in(connection);
                connection.commit();
                connection.setAutoCommit(true);
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        }
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
