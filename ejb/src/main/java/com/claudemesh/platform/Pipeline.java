package com.claudemesh.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements that go to PostgreSQL in one round trip, in the order in which they were added: the driver sends all statements
 * of one text before it waits (extended query protocol, one Sync). On a busy machine every round trip costs two turns in the
 * run queues, which is more than a small statement. After one that fails none is executed. For one thread.
 */
public final class Pipeline {
    private final List<Step> steps = new ArrayList<>();

    /** Sets a statement's parameters. */
    @FunctionalInterface
    public interface Parameters {
        /** @param first index of the statement's first parameter */
        void bind(PreparedStatement statement, int first) throws SQLException;
    }

    /** Takes what a statement answers. */
    @FunctionalInterface
    public interface Rows {
        void read(ResultSet rows) throws SQLException;
    }

    private record Step(
            String sql,
            int parameters,
            Parameters binder,
            @Nullable Rows rows) {}

    /**
     * Adds a change.
     *
     * @param sql one statement that answers no rows
     * @param parameters how many it has
     */
    public void add(String sql, int parameters, Parameters binder) {
        steps.add(new Step(sql, parameters, binder, null));
    }

    /**
     * Adds a question.
     *
     * @param sql one statement that answers rows
     * @param parameters how many it has
     * @param rows called once, when everything has been executed
     */
    public void ask(String sql, int parameters, Parameters binder, Rows rows) {
        steps.add(new Step(sql, parameters, binder, rows));
    }

    /** Executes what was added, in the caller's transaction. Blocking; afterwards the pipeline is empty. */
    public void run(Connection connection) throws SQLException {
        if (!steps.isEmpty()) {
            execute(connection, "");
        }
    }

    /** Executes what was added and ends the caller's transaction, in the same round trip. Blocking; afterwards it is empty. */
    public void runAndCommit(Connection connection) throws SQLException {
        if (!steps.isEmpty()) {
            execute(connection, ";\nCOMMIT");
        }
        // Tells the driver and the pool; there is nothing left to ask the server for when it has committed above.
        connection.commit();
    }

    private void execute(Connection connection, String ending) throws SQLException {
        String text = String.join(";\n", steps.stream().map(Step::sql).toList()) + ending;
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            int first = 1;
            for (Step step : steps) {
                step.binder().bind(statement, first);
                first += step.parameters();
            }
            statement.execute();
            for (Step step : steps) {
                if (step.rows() != null) {
                    try (ResultSet rows = statement.getResultSet()) {
                        step.rows().read(rows);
                    }
                }
                statement.getMoreResults();
            }
        }
        steps.clear();
    }
}
