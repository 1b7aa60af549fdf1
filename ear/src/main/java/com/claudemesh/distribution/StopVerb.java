package com.claudemesh.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** Ends the supervisor, and with it everything it started; or what a killed supervisor left behind. */
final class StopVerb {
    private static final int PATIENCE_SECONDS = 100;

    private final DataDirectory data;

    StopVerb(Options options) {
        this.data = new DataDirectory(options.data());
    }

    int run() throws IOException {
        if (!Files.isDirectory(data.root())) {
            System.out.println("not running");
            return 0;
        }
        Optional<ProcessHandle> supervisor =
                RunState.read(data).flatMap(state -> state.supervisor().find());
        if (supervisor.isPresent()) {
            supervisor.get().destroy();
            if (!Processes.endsWithin(supervisor.get(), PATIENCE_SECONDS)) {
                throw new Refusal("the supervisor, pid " + supervisor.get().pid() + ", does not end");
            }
            System.out.println("stopped");
            return 0;
        }
        try (InstanceLock lock = InstanceLock.tryAcquire(data)) {
            if (lock == null) {
                throw new Refusal("a start is under way in " + data.root() + "; try again");
            }
            boolean found = new Leftovers(data).stopAll();
            RunState.clear(data);
            System.out.println(found ? "stopped what a killed run had left behind" : "not running");
        }
        return 0;
    }
}
