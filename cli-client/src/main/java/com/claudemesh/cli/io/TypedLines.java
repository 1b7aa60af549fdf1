package com.claudemesh.cli.io;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.Host;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines that arrive on standard input while a verb waits for something else. Never waits itself; one thread. */
public final class TypedLines {
    private static final int MAX_LINE_BYTES = 16 * 1024;

    private final Host host;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    public TypedLines(Host host) {
        this.host = host;
    }

    /** The next whole line without surrounding white space, or empty when there is none yet. */
    public Optional<String> poll() {
        try {
            while (host.in().available() > 0) {
                int next = host.in().read();
                if (next == '\n' || next < 0) {
                    return Optional.of(take());
                }
                if (line.size() < MAX_LINE_BYTES) {
                    line.write(next);
                }
            }
            return Optional.empty();
        } catch (IOException failed) {
            throw CliException.io("can't read standard input: " + failed.getMessage());
        }
    }

    private String take() {
        String text = line.toString(StandardCharsets.UTF_8).strip();
        line.reset();
        return text;
    }
}
