package com.claudemesh.distribution;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Supervises until a signal comes. */
final class ForegroundStart {
    private static final int LOCK_ATTEMPTS = 20;
    private static final long LOCK_RETRY_NANOS = 100_000_000;

    private final Options options;

    ForegroundStart(Options options) {
        this.options = options;
    }

    int run() throws IOException {
        Home home = Home.ofThisProcess();
        DataDirectory data = DataDirectory.open(options.data());
        try (InstanceLock lock = lock(data)) {
            if (lock == null) {
                throw alreadyRunning(data);
            }
            Supervisor supervisor = new Supervisor(options, System.getenv(), home, data, System.out);
            Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "stop"));
            Process logView = options.withLog() ? LogView.start(data) : null;
            try {
                supervisor.run();
            } finally {
                if (logView != null) {
                    logView.destroy();
                }
            }
        }
        return 0;
    }

    /** A supervisor that is just ending still holds the lock for a moment; one that runs has said so in its state. */
    private static @Nullable InstanceLock lock(DataDirectory data) throws IOException {
        InstanceLock lock = InstanceLock.tryAcquire(data);
        for (int attempt = 1; lock == null && attempt < LOCK_ATTEMPTS && !isRunning(data); attempt++) {
            LockSupport.parkNanos(LOCK_RETRY_NANOS);
            lock = InstanceLock.tryAcquire(data);
        }
        return lock;
    }

    /** @throws Refusal when a supervisor runs for this data directory */
    static void refuseWhenRunning(DataDirectory data) throws IOException {
        if (isRunning(data)) {
            throw alreadyRunning(data);
        }
    }

    private static boolean isRunning(DataDirectory data) throws IOException {
        return RunState.read(data).filter(state -> state.supervisor().isAlive()).isPresent();
    }

    private static Refusal alreadyRunning(DataDirectory data) throws IOException {
        Optional<RunState> state = RunState.read(data);
        String where = state.map(found ->
                        " at " + found.http() + " (pid " + found.supervisor().pid() + ")")
                .orElse("");
        return new Refusal("already running" + where + " with the data in " + data.root(), Refusal.ALREADY_RUNNING);
    }
}
