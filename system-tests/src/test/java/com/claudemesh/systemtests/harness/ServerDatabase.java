package com.claudemesh.systemtests.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The server's own database, entered as its administrator: for tests of what happens behind the server's back. */
public final class ServerDatabase {
    private final Server server;

    public ServerDatabase(Server server) {
        this.server = server;
    }

    /** Runs a statement and returns how many rows it changed. */
    public int execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException | IOException e) {
            throw new AssertionError(sql, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(sql, e);
        }
    }

    private Connection connect() throws SQLException, IOException, InterruptedException {
        int port = server.status().path("postgresPort").asInt();
        String password =
                Files.readString(server.data().resolve("postgres-password")).strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/claudemesh", "postgres", password);
    }
}
