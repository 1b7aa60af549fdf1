package com.claudemesh.messaging;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The journal's own connection, kept from batch to batch: taking one from the pool costs a question to the database whether
 * it is alive, each time. Of the journal thread.
 */
final class JournalConnection {
    private static final Logger LOG = System.getLogger(JournalConnection.class.getName());

    /**
     * Rows are many, batches are small, and plans are kept: one that was made while a table was small, or by the
     * statistics of an idle server, must not read a table that has grown since. Nor is there anything about the parameters,
     * which are arrays, that another plan could make use of.
     */
    private static final String FIND_ROWS_BY_KEY =
            "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; "
                    + "SET plan_cache_mode = force_generic_plan";

    private static final String FORGET =
            "RESET enable_seqscan; RESET enable_hashjoin; RESET enable_mergejoin; RESET plan_cache_mode";

    private final DataSource database;
    /** As the pool handed it out, to be given back. */
    private @Nullable Connection held;
    /** The driver's own: the pool's wrapper makes each call by reflection and keeps a record of it for nobody. */
    private @Nullable Connection direct;

    JournalConnection(DataSource database) {
        this.database = database;
    }

    /** An open connection between two transactions, without automatic commits. */
    Connection get() throws SQLException {
        if (direct == null) {
            Connection opened = database.getConnection();
            try {
                opened.setAutoCommit(false);
                execute(opened, FIND_ROWS_BY_KEY);
                opened.commit();
                direct = (Connection) opened.unwrap(PGConnection.class);
            } catch (SQLException | RuntimeException e) {
                close(opened);
                throw e;
            }
            held = opened;
        }
        return direct;
    }

    /** Gives the connection back to the pool as it came; the next batch takes another. */
    void release() {
        Connection released = held;
        held = null;
        direct = null;
        if (released != null) {
            close(released);
        }
    }

    private static void close(Connection connection) {
        try (connection) {
            connection.rollback();
            execute(connection, FORGET);
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException | RuntimeException e) {
            // A dead one: the pool asks each before it hands it out. Payara's answers with an unchecked exception.
            LOG.log(Level.DEBUG, "event=journal_connection_lost", e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
