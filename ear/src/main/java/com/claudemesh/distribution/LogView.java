package com.claudemesh.distribution;

import java.io.IOException;
import java.nio.file.Files;

/** The server's log on this terminal, through rotations. */
final class LogView {
    private static final String LINES_BEFORE = "200";

    private LogView() {}

    static int follow(DataDirectory data) throws IOException {
        if (!Files.exists(data.serverLog())) {
            throw new Refusal("there is no log in " + data.logs());
        }
        Process tail = command(LINES_BEFORE, data).start();
        Runtime.getRuntime().addShutdownHook(new Thread(tail::destroy));
        try {
            return tail.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Refusal.FAILED;
        }
    }

    /** Follows from now on, in the background. */
    static Process start(DataDirectory data) throws IOException {
        return command("0", data).start();
    }

    private static ProcessBuilder command(String linesBefore, DataDirectory data) {
        return new ProcessBuilder(
                        "tail", "-n", linesBefore, "-F", data.serverLog().toString())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
    }
}
