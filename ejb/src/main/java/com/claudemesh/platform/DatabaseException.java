package com.claudemesh.platform;

import java.sql.SQLException;

/** The database did not do what it was told. */
public final class DatabaseException extends RuntimeException {
    public DatabaseException(SQLException cause) {
        super(cause);
    }
}
