package com.claudemesh.distribution;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** The server's database and its owner, a role without further rights, inside the embedded PostgreSQL. */
final class PostgresRoles {
    private PostgresRoles() {}

    /** Makes role and database where missing, and gives the role its password of this run. */
    static void ensure(DatabaseAddress superuser, DatabaseAddress owner) {
        try (Connection connection = connect(superuser);
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "select 1 from pg_roles where rolname = '" + owner.user() + "'")) {
                statement.execute("create role " + owner.user() + " login");
            }
            statement.execute("alter role " + owner.user() + " password '" + owner.password() + "'");
            if (!exists(statement, "select 1 from pg_database where datname = '" + owner.database() + "'")) {
                statement.execute("create database " + owner.database() + " owner " + owner.user());
            }
        } catch (SQLException e) {
            throw new Refusal("PostgreSQL could not be prepared: " + e.getMessage());
        }
    }

    /** Empty when it answers. */
    static Optional<String> whyNoAnswer(DatabaseAddress superuser) {
        try (Connection connection = connect(superuser)) {
            return connection.isValid(5) ? Optional.empty() : Optional.of("it does not answer");
        } catch (SQLException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(address.jdbcUrl(), address.login());
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }
}
