package com.claudemesh.messaging;

import java.sql.SQLException;

/** What the writing threads have in common. */
final class Writers {
    /** SQLSTATE of a batch that this code, not the database, refused. */
    static final String BAD_BATCH = "XX000";

    /** SQLSTATE of a row whose key is taken. */
    static final String UNIQUE_VIOLATION = "23505";

    private static final long STOP_MILLIS = 5_000;

    private Writers() {}

    /**
     * Whether trying again can help: connection trouble (class 08, or no state from the pool), shutdown and recovery
     * (57P), resources (53), serialization and deadlock (40). SQLSTATE classes as in the PostgreSQL manual, appendix A.
     */
    static boolean isTransient(SQLException e) {
        String state = e.getSQLState();
        return state == null
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53")
                || state.startsWith("40");
    }

    /** Waits for a thread that has been told to stop, and interrupts it when it does not in five seconds. */
    static void join(Thread writer) {
        try {
            writer.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (writer.isAlive()) {
            writer.interrupt();
        }
    }

    /** Longer and longer waits between attempts. */
    static final class Backoff {
        private static final long FIRST_MILLIS = 10;
        private static final long MAX_MILLIS = 500;

        private long nextMillis = FIRST_MILLIS;

        void sleep() throws InterruptedException {
            Thread.sleep(nextMillis);
            nextMillis = Math.min(MAX_MILLIS, nextMillis * 2);
        }
    }
}
