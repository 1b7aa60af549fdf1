package com.claudemesh.web.v1;

import com.claudemesh.web.Answer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times in requests: ISO-8601 with an offset, or a date, which means its first moment in UTC. */
public final class QueryTime {
    private static final int DATE_CHARS = 10;
    private static final int MAX_CHARS = 64;
    private static final int MAX_YEAR = 9_999;

    private QueryTime() {}

    /**
     * The beginning of a span.
     *
     * @throws jakarta.ws.rs.WebApplicationException 400 {@code invalid_since} for anything but a time
     */
    public static Instant since(@Nullable String text, Instant fallback) {
        return text == null ? fallback : parse(text).orElseThrow(() -> Answer.stop(Answer.error(400, "invalid_since")));
    }

    static Optional<Instant> parse(String text) {
        try {
            if (text.length() > MAX_CHARS) {
                return Optional.empty();
            }
            OffsetDateTime time = text.length() == DATE_CHARS
                    ? LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text);
            return time.getYear() >= 0 && time.getYear() <= MAX_YEAR ? Optional.of(time.toInstant()) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
