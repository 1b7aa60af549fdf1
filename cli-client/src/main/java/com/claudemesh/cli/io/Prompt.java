package com.claudemesh.cli.io;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.Host;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/** Asks one question on the terminal. */
public final class Prompt {
    private static final int MAX_ANSWER_BYTES = 16 * 1024;

    private final Host host;

    public Prompt(Host host) {
        this.host = host;
    }

    /**
     * The answer without surrounding white space. Reads no further than its line: the rest is for the next program.
     *
     * @throws CliException exit code 1 when the input ends instead
     */
    public String ask(String question) {
        host.err().print("  " + question + " ");
        host.err().flush();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            int next = host.in().read();
            while (next != '\n' && next >= 0 && answer.size() < MAX_ANSWER_BYTES) {
                answer.write(next);
                next = host.in().read();
            }
            if (next < 0 && answer.size() == 0) {
                throw new CliException(ExitCode.CANCELLED, "cancelled", "no answer", "");
            }
        } catch (IOException failed) {
            throw CliException.io("can't read the answer: " + failed.getMessage());
        }
        return answer.toString(StandardCharsets.UTF_8).strip();
    }

    /** Numbers the choices and asks for one: its index, the first one for an empty answer, empty for anything else. */
    public OptionalInt choose(List<String> choices) {
        for (int i = 0; i < choices.size(); i++) {
            host.err().println("  " + (i + 1) + "  " + choices.get(i));
        }
        String answer = ask("Choice [1]");
        if (answer.isEmpty()) {
            return OptionalInt.of(0);
        }
        return answer.matches("[1-9][0-9]?") && Integer.parseInt(answer) <= choices.size()
                ? OptionalInt.of(Integer.parseInt(answer) - 1)
                : OptionalInt.empty();
    }
}
