package com.claudemesh.cli.rest;

import com.claudemesh.cli.io.Line;
import com.claudemesh.cli.io.LineReader;
import com.claudemesh.protocol.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Optional;
import java.util.StringJoiner;

/** Reads server-sent events. One thread. */
final class ServerEventReader {
    private static final String DEFAULT_TYPE = "message";

    private final LineReader lines;
    private final Runnable whenAlive;

    /** @param whenAlive called with every line, comments included */
    ServerEventReader(InputStream in, Runnable whenAlive) {
        this.lines = new LineReader(in, Limits.MAX_FRAME_BYTES);
        this.whenAlive = whenAlive;
    }

    /**
     * The next event; empty when the stream has ended. One that was not finished by an empty line is none.
     *
     * @throws ProtocolException for a line that is too long or no UTF-8
     */
    Optional<ServerEvent> next() throws IOException {
        String type = DEFAULT_TYPE;
        String id = "";
        StringJoiner data = new StringJoiner("\n");
        boolean hasData = false;
        while (true) {
            Line line = lines.next();
            if (line instanceof Line.End) {
                return Optional.empty();
            }
            if (!(line instanceof Line.Text text)) {
                throw new ProtocolException("a line of the stream is too long or not UTF-8");
            }
            whenAlive.run();
            if (text.text().isEmpty()) {
                if (hasData) {
                    return Optional.of(new ServerEvent(type, data.toString(), id));
                }
                type = DEFAULT_TYPE;
                id = "";
                continue;
            }
            String value = value(text.text());
            switch (field(text.text())) {
                case "event" -> type = value;
                case "id" -> id = value;
                case "data" -> {
                    data.add(value);
                    hasData = true;
                }
                default -> {
                    // Comments, and fields that are of no use here.
                }
            }
        }
    }

    private static String field(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? line : line.substring(0, colon);
    }

    private static String value(String line) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            return "";
        }
        return line.substring(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
    }
}
