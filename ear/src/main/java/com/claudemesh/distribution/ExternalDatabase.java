package com.claudemesh.distribution;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The operator's own PostgreSQL, of which only the address is known. */
record ExternalDatabase(DatabaseAddress address) implements Database {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long RETRY_NANOS = 500_000_000;

    /** SQL states of a server that answers and will answer the same a second later. */
    private static final String WRONG_LOGIN = "28";

    private static final String NO_SUCH_DATABASE = "3D000";

    /** Tries again for a few seconds, as a database that starts beside this process may be late. */
    @Override
    public DatabaseAddress start() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<SQLException> failure = tryConnect();
        while (failure.isPresent() && !isFinal(failure.get()) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(RETRY_NANOS);
            failure = tryConnect();
        }
        if (failure.isPresent()) {
            throw new Refusal("the database " + address.database() + " at " + address.place() + " is unreachable: "
                    + firstLine(failure.get()));
        }
        return address;
    }

    private Optional<SQLException> tryConnect() {
        try (Connection connection = DriverManager.getConnection(address.jdbcUrl(), address.login())) {
            return connection.isValid(5) ? Optional.empty() : Optional.of(new SQLException("it does not answer"));
        } catch (SQLException e) {
            return Optional.of(e);
        }
    }

    private static boolean isFinal(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith(WRONG_LOGIN) || state.equals(NO_SUCH_DATABASE);
    }

    private static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
