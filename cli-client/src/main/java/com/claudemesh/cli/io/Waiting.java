package com.claudemesh.cli.io;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Time that passes while a verb waits for somebody. */
public interface Waiting {

    /** Time since some fixed moment; never goes back. */
    Duration elapsed();

    /** @throws CliException exit code 1 when interrupted */
    void pause(Duration length);

    /** Real time. */
    static Waiting real() {
        return new Waiting() {
            @Override
            public Duration elapsed() {
                return Duration.ofNanos(System.nanoTime());
            }

            @Override
            public void pause(Duration length) {
                try {
                    TimeUnit.NANOSECONDS.sleep(length.toNanos());
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new CliException(ExitCode.CANCELLED, "cancelled", "interrupted", "");
                }
            }
        };
    }
}
