package com.claudemesh.cli.launch;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.Host;
import java.io.IOException;
import sun.misc.Signal;

/** Gives the terminal to another program until that ends. */
final class ForegroundProcess {
    private static final String SHOW_CURSOR_LEAVE_ALTERNATE_SCREEN = "\u001b[?25h\u001b[?1049l";
    private static final String RESET_COLOURS_MOUSE_AND_PASTE =
            "\u001b[0m\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1006l\u001b[?2004l";

    private final Host host;

    ForegroundProcess(Host host) {
        this.host = host;
    }

    /**
     * Runs the program to its end and answers its exit code (128 + signal when it was killed).
     *
     * @param leftovers closed also when this process is told to stop in the meantime
     */
    int run(ProcessBuilder program, SessionDirectory leftovers) {
        Thread cleanUp = new Thread(leftovers::close, "session-clean-up");
        Runtime.getRuntime().addShutdownHook(cleanUp);
        resetTerminal(SHOW_CURSOR_LEAVE_ALTERNATE_SCREEN);
        try {
            Process child = program.inheritIO().start();
            // Ctrl-C reaches the whole process group; what it means is for the child to decide.
            Signal.handle(new Signal("INT"), signal -> {});
            Signal.handle(new Signal("TERM"), signal -> child.destroy());
            return child.waitFor();
        } catch (IOException failed) {
            throw new CliException(
                    ExitCode.INTERNAL_ERROR, "claude_not_started", "can't start claude: " + failed.getMessage(), "");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.CANCELLED, "cancelled", "interrupted", "");
        } finally {
            resetTerminal(SHOW_CURSOR_LEAVE_ALTERNATE_SCREEN + RESET_COLOURS_MOUSE_AND_PASTE);
            Runtime.getRuntime().removeShutdownHook(cleanUp);
        }
    }

    private void resetTerminal(String sequence) {
        if (host.terminal().out()) {
            host.out().print(sequence);
            host.out().flush();
        }
    }
}
