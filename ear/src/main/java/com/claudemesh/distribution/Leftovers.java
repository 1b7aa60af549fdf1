package com.claudemesh.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds the processes that a killed supervisor left behind, by what their command lines say, and ends them: they hold the
 * ports and the database's files. To be called by the holder of the {@link InstanceLock} only.
 */
final class Leftovers {
    private static final int SERVER_PATIENCE_SECONDS = 25;
    private static final int POSTGRES_PATIENCE_SECONDS = 60;

    private final DataDirectory data;
    private final int postgresPatienceSeconds;

    Leftovers(DataDirectory data) {
        this(data, POSTGRES_PATIENCE_SECONDS);
    }

    /** @param postgresPatienceSeconds how long the database may take to end, before it is killed */
    Leftovers(DataDirectory data, int postgresPatienceSeconds) {
        this.data = data;
        this.postgresPatienceSeconds = postgresPatienceSeconds;
    }

    /** The argument by which a server of this data directory is recognised; first on its command line. */
    static String markerOf(DataDirectory data) {
        return "-Dclaudemesh.data=" + data.root();
    }

    /** Returns true when there was something. */
    boolean stopAll() throws IOException {
        List<ProcessHandle> servers = servers();
        servers.forEach(ProcessHandle::destroy);
        servers.forEach(server -> Processes.awaitEnd(server, SERVER_PATIENCE_SECONDS));
        Optional<ProcessHandle> postgres = postgres();
        if (postgres.isPresent()) {
            Processes.signal(postgres.get(), "INT");
            Processes.awaitEnd(postgres.get(), postgresPatienceSeconds);
        }
        return !servers.isEmpty() || postgres.isPresent();
    }

    private List<ProcessHandle> servers() {
        String marker = markerOf(data);
        return ProcessHandle.allProcesses()
                .filter(process -> hasArgument(process, marker))
                .toList();
    }

    /**
     * The database names its process in a file, whose number may have gone to another process since; PostgreSQL would refuse
     * to start for that one's sake, so such a file is removed.
     */
    private Optional<ProcessHandle> postgres() throws IOException {
        Path pidFile = data.postgres().resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        Optional<ProcessHandle> named = Files.readAllLines(pidFile).stream()
                .findFirst()
                .filter(line -> line.strip().matches("\\d{1,10}"))
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line.strip())))
                .filter(this::worksInTheCluster);
        if (named.isEmpty()) {
            Files.delete(pidFile);
        }
        return named;
    }

    /** PostgreSQL's working directory is its data directory. */
    private boolean worksInTheCluster(ProcessHandle process) {
        try {
            return Files.isSameFile(Path.of("/proc/" + process.pid() + "/cwd"), data.postgres());
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hasArgument(ProcessHandle process, String wanted) {
        return process.info()
                .arguments()
                .map(arguments -> List.of(arguments).contains(wanted))
                .orElse(false);
    }
}
