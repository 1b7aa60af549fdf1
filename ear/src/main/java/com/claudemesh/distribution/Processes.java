package com.claudemesh.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starting and ending of operating system processes. */
final class Processes {
    private static final long KILL_PATIENCE_SECONDS = 10;

    private Processes() {}

    /** The command, out of reach of a Ctrl-C in the supervisor's terminal: the supervisor stops things in order. */
    static List<String> inOwnSession(List<String> command) {
        List<String> wrapped = new ArrayList<>();
        if (isOnPath("setsid")) {
            wrapped.add("setsid");
        }
        wrapped.addAll(command);
        return wrapped;
    }

    static boolean isOnPath(String program) {
        for (String folder :
                System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":")) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /** Sends a signal that {@link ProcessHandle} has no name for. */
    static void signal(ProcessHandle process, String signal) throws IOException {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid() + " 2>/dev/null")
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the process; kills it when it takes longer. */
    static void awaitEnd(ProcessHandle process, int patienceSeconds) {
        if (!endsWithin(process, patienceSeconds)) {
            process.destroyForcibly();
            endsWithin(process, KILL_PATIENCE_SECONDS);
        }
    }

    static boolean endsWithin(ProcessHandle process, long seconds) {
        try {
            process.onExit().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return !process.isAlive();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
