package com.claudemesh.cli.mcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A timer in which time passes when a test says so. What is due at once is done at once, by the caller. */
final class ManualTimer implements Timer {
    private record Due(long atMillis, Runnable work) {}

    private final List<Due> waiting = new ArrayList<>();
    private long nowMillis;

    @Override
    public synchronized void after(Duration delay, Runnable work) {
        waiting.add(new Due(nowMillis + delay.toMillis(), work));
    }

    @Override
    public void execute(Runnable work) {
        work.run();
    }

    void pass(Duration time) {
        long until = nowMillis + time.toMillis();
        while (true) {
            Due next;
            synchronized (this) {
                next = waiting.stream()
                        .filter(due -> due.atMillis() <= until)
                        .min(Comparator.comparingLong(Due::atMillis))
                        .orElse(null);
                if (next == null) {
                    nowMillis = until;
                    return;
                }
                waiting.remove(next);
                nowMillis = next.atMillis();
            }
            next.work().run();
        }
    }
}
