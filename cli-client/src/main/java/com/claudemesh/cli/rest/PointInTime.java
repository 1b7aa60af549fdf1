package com.claudemesh.cli.rest;

import com.claudemesh.cli.CliException;
import java.time.DateTimeException;
import java.time.Instant;

/** Times on the command line. */
public final class PointInTime {
    private PointInTime() {}

    /** @throws CliException exit code 3 when it is none */
    public static String checked(String time) {
        try {
            return Instant.parse(time).toString();
        } catch (DateTimeException malformed) {
            throw CliException.invalid("--since must be a time like 2026-01-31T12:00:00Z");
        }
    }
}
