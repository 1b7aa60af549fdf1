package com.claudemesh.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** A real PostgreSQL with the schema of the server: one for all tests of a JVM, a fresh database for each caller. */
public final class TestDatabase {
    private static final String USER = "postgres";
    private static final String MIGRATED = "migrated";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = start();

    private TestDatabase() {}

    /** An empty database at the newest migration. Every {@code getConnection} opens a connection of its own. */
    public static synchronized DataSource fresh() {
        String name = "test_" + COUNT.incrementAndGet();
        execute("CREATE DATABASE " + name + " TEMPLATE " + MIGRATED);
        // PostgreSQL starts a process per connection, which takes its time on a busy machine.
        return SERVER.getDatabase(USER, name, Map.of("connectTimeout", "60"));
    }

    /** A database as a server of that schema version has left it; {@link #migrate} brings it to the newest. */
    public static synchronized DataSource ofVersion(String version) {
        String name = "test_" + COUNT.incrementAndGet();
        execute("CREATE DATABASE " + name);
        DataSource database = SERVER.getDatabase(USER, name);
        flyway(database).target(version).load().migrate();
        return database;
    }

    public static void migrate(DataSource database) {
        flyway(database).load().migrate();
    }

    private static FluentConfiguration flyway(DataSource database) {
        return Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .schemas("mesh")
                .defaultSchema("mesh");
    }

    /** As {@link #fresh}, but a connection that was closed is used again. */
    public static DataSource freshPooled() {
        return ReusedConnections.of(fresh());
    }

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder().start();
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + MIGRATED);
            }
            migrate(server.getDatabase(USER, MIGRATED));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("the test database cannot be made", e);
        }
    }

    private static void execute(String sql) {
        try (Connection connection = SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
