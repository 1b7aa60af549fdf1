package com.claudemesh.cli.message;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.Host;
import com.claudemesh.protocol.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The text to send: the words of the command line, or standard input. */
public final class MessageText {
    private static final String STANDARD_INPUT = "-";

    private MessageText() {}

    /**
     * All words joined by one space; standard input for {@code -}, or for no words when input is piped.
     *
     * @param usage how to do it, for when there is no text
     * @throws CliException exit code 3 when there is no text or too much of it
     */
    public static String of(List<String> words, Host host, String usage) {
        boolean piped = words.isEmpty() && !host.terminal().in();
        String text = piped || words.equals(List.of(STANDARD_INPUT)) ? readAll(host) : String.join(" ", words);
        if (text.isBlank()) {
            throw CliException.invalid("the message is empty", usage);
        }
        return text;
    }

    private static String readAll(Host host) {
        try {
            byte[] input = host.in().readNBytes(Limits.MAX_FRAME_BYTES + 1);
            if (input.length > Limits.MAX_FRAME_BYTES) {
                throw CliException.invalid("the message is longer than " + Limits.MAX_FRAME_BYTES + " bytes");
            }
            String text = new String(input, StandardCharsets.UTF_8);
            return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (IOException failed) {
            throw CliException.io("can't read standard input: " + failed.getMessage());
        }
    }
}
