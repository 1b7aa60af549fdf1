package com.claudemesh.cli.launch;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.Host;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Asks one question on the terminal. */
final class Prompt {
    private static final int MAX_ANSWER_BYTES = 16 * 1024;

    private final Host host;

    Prompt(Host host) {
        this.host = host;
    }

    /**
     * The answer without surrounding white space. Reads no further than its line: the rest is for the next program.
     *
     * @throws CliException exit code 1 when the input ends instead
     */
    String ask(String question) {
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
}
