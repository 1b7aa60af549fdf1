package com.claudemesh.cli.moderation;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.output.Output;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as people type it: {@code 90s}, {@code 30m}, {@code 2h}. */
final class StaleTime {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,6})([smh])");

    private StaleTime() {}

    /** @throws CliException exit code 3 for any other text */
    static long millis(String text) {
        Matcher time = FORM.matcher(text);
        if (!time.matches()) {
            throw CliException.invalid("--stale: \"" + Output.safe(text) + "\" is no time like 90s, 30m or 2h");
        }
        long amount = Long.parseLong(time.group(1));
        Duration duration =
                switch (time.group(2)) {
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofHours(amount);
                };
        return duration.toMillis();
    }
}
