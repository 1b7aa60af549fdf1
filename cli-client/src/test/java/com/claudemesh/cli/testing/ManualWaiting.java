package com.claudemesh.cli.testing;

import com.claudemesh.cli.io.Waiting;
import java.time.Duration;

/** Time that passes only while somebody waits. */
public final class ManualWaiting implements Waiting {
    private Duration elapsed = Duration.ZERO;

    @Override
    public Duration elapsed() {
        return elapsed;
    }

    @Override
    public void pause(Duration length) {
        elapsed = elapsed.plus(length);
    }
}
