package com.claudemesh.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes that go to PostgreSQL in one round trip, in the order in which they were added: the driver sends all statements
 * of one text before it waits (extended query protocol, one Sync). On a busy machine every round trip costs two turns in the
 * run queues, which is more than a small statement. For one thread.
 */
public final class Pipeline {
    private final List<Change> changes = new ArrayList<>();

    /** Sets a change's parameters. */
    @FunctionalInterface
    public interface Parameters {
        /** @param first index of the change's first parameter */
        void bind(PreparedStatement statement, int first) throws SQLException;
    }

    private record Change(String sql, int parameters, Parameters binder) {}

    /**
     * Adds a change.
     *
     * @param sql one statement that answers no rows
     * @param parameters how many it has
     */
    public void add(String sql, int parameters, Parameters binder) {
        changes.add(new Change(sql, parameters, binder));
    }

    /** Executes what was added, in the caller's transaction. Blocking; afterwards the pipeline is empty. */
    public void run(Connection connection) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        String text = String.join(";\n", changes.stream().map(Change::sql).toList());
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            int first = 1;
            for (Change change : changes) {
                change.binder().bind(statement, first);
                first += change.parameters();
            }
            statement.execute();
        }
        changes.clear();
    }
}
