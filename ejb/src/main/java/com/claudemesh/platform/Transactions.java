package com.claudemesh.platform;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Runs work in a transaction of its own on the server's database: committed when it returns, rolled back when it throws.
 * Not to be called inside a container-managed transaction. Blocking; safe for any thread.
 */
public final class Transactions {
    private final DataSource database;

    public Transactions(DataSource database) {
        this.database = database;
    }

    /** Statements that belong together. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** As {@link Work}, without a result. */
    @FunctionalInterface
    public interface Task {
        void run(Connection connection) throws SQLException;
    }

    /** @throws DatabaseException when the database refuses; nothing of the work is kept then */
    public <T> T run(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    public void execute(Task task) {
        run(connection -> {
            task.run(connection);
            return true;
        });
    }
}
