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
    private int bytesBefore;

    public TypedLines(Host host) {
        this.host = host;
    }

    /**
     * The next whole line without surrounding white space, or empty when there is none yet. What another program has piped
     * in counts as whole when nothing follows it until the next call.
     */
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
            boolean ended = !host.terminal().in() && line.size() > 0 && line.size() == bytesBefore;
            bytesBefore = line.size();
            return ended ? Optional.of(take()) : Optional.empty();
        } catch (IOException failed) {
            throw CliException.io("can't read standard input: " + failed.getMessage());
        }
    }

    private String take() {
        String text = line.toString(StandardCharsets.UTF_8).strip();
        line.reset();
        bytesBefore = 0;
        return text;
    }
}
