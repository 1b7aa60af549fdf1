package com.claudemesh.cli.output;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** How long ago something was, for people. */
public final class RelativeTime {
    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;
    private static final int DAY = 24 * HOUR;

    private RelativeTime() {}

    /** {@code now}, {@code 5m}, {@code 3h}, {@code 2d}; the text itself when it is no ISO instant. */
    public static String brief(String isoInstant, Instant now) {
        try {
            long seconds = Duration.between(Instant.parse(isoInstant), now).toSeconds();
            return seconds < MINUTE ? "now" : amount(seconds);
        } catch (DateTimeException noInstant) {
            return isoInstant;
        }
    }

    /** {@code 5s ago}, {@code 3h ago}; {@code just now} for the future, {@code unknown} for what is no ISO instant. */
    public static String ago(String isoInstant, Instant now) {
        try {
            long seconds = Duration.between(Instant.parse(isoInstant), now).toSeconds();
            if (seconds < 0) {
                return "just now";
            }
            return (seconds < MINUTE ? seconds + "s" : amount(seconds)) + " ago";
        } catch (DateTimeException noInstant) {
            return "unknown";
        }
    }

    private static String amount(long seconds) {
        if (seconds < HOUR) {
            return seconds / MINUTE + "m";
        }
        return seconds < DAY ? seconds / HOUR + "h" : seconds / DAY + "d";
    }
}
