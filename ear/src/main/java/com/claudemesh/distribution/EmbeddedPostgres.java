package com.claudemesh.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL as a process of ours, with its files in the data directory and every acknowledged commit on disk. It listens on
 * a loopback port that is chosen anew by every supervisor and kept by it.
 */
final class EmbeddedPostgres implements Database {
    private static final String SUPERUSER = "postgres";
    private static final int SPARE_CONNECTIONS = 20;
    /** Replaying the log after a crash can take this long, and then some. */
    private static final long ANSWER_PATIENCE_NANOS = 300_000_000_000L;

    private static final long POLL_NANOS = 50_000_000;
    private static final int STOP_PATIENCE_SECONDS = 60;

    private final Home home;
    private final DataDirectory data;
    private final int serverConnections;
    private final int port;
    private final String applicationPassword = DataDirectory.passwordOfThisRun();
    private final BooleanSupplier cancelled;
    private @Nullable Process process;

    /** @param cancelled ends a start that takes long, as one does after a crash */
    EmbeddedPostgres(Home home, DataDirectory data, int serverConnections, BooleanSupplier cancelled)
            throws IOException {
        this.home = home;
        this.data = data;
        this.serverConnections = serverConnections;
        this.port = Ports.free();
        this.cancelled = cancelled;
    }

    int port() {
        return port;
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    @Nullable
    ProcessRef reference() {
        return process == null ? null : ProcessRef.of(process.toHandle());
    }

    /** Starts it, or starts it again after its process died. */
    @Override
    public DatabaseAddress start() throws IOException {
        Path binaries = PostgresBinaries.unpack(home, data);
        if (!Files.isDirectory(data.postgres())) {
            makeCluster(binaries);
        }
        checkVersion();
        process = launch(binaries);
        awaitAnswer();
        PostgresRoles.ensure(superuser(), ours());
        return ours();
    }

    private void makeCluster(Path binaries) throws IOException {
        Path draft = data.root().resolve("postgres.new");
        Folders.delete(draft);
        data.postgresPassword();
        Process initdb = new ProcessBuilder(asPlainUser(List.of(
                        binaries.resolve("bin/initdb").toString(),
                        "--pgdata=" + draft,
                        "--username=" + SUPERUSER,
                        "--pwfile=" + data.root().resolve("postgres-password"),
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale-provider=builtin",
                        "--locale=C.UTF-8",
                        "--data-checksums",
                        "--no-instructions")))
                .redirectErrorStream(true)
                .start();
        String output = new String(initdb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (exitCode(initdb) != 0) {
            Folders.delete(draft);
            throw new Refusal("PostgreSQL could not be set up: " + lastLine(output));
        }
        Files.move(draft, data.postgres(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void checkVersion() throws IOException {
        String version = Files.readString(data.postgres().resolve("PG_VERSION")).strip();
        if (!version.equals(PostgresBinaries.MAJOR_VERSION)) {
            throw new Refusal("the database in " + data.postgres() + " belongs to PostgreSQL " + version + ", not "
                    + PostgresBinaries.MAJOR_VERSION);
        }
    }

    private Process launch(Path binaries) throws IOException {
        List<String> command = Processes.inOwnSession(asPlainUser(List.of(
                binaries.resolve("bin/postgres").toString(),
                "-D",
                data.postgres().toString(),
                "-c",
                "config_file=" + home.postgresConfiguration(),
                "-c",
                "log_directory=" + data.logs(),
                "-c",
                "port=" + port,
                "-c",
                "max_connections=" + (serverConnections + SPARE_CONNECTIONS))));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(consoleLog().toFile())
                .start();
    }

    /** PostgreSQL refuses to run as root; in a user namespace without mappings it is nobody, with root's files. */
    private static List<String> asPlainUser(List<String> command) throws IOException {
        if ((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") != 0) {
            return command;
        }
        List<String> wrapped = new ArrayList<>(List.of("unshare", "--user"));
        wrapped.addAll(command);
        return wrapped;
    }

    private void awaitAnswer() throws IOException {
        long deadline = System.nanoTime() + ANSWER_PATIENCE_NANOS;
        Optional<String> problem = PostgresRoles.whyNoAnswer(superuser());
        while (problem.isPresent()) {
            if (!isAlive()) {
                throw new Refusal("PostgreSQL ended while it started: " + lastLine(Files.readString(consoleLog())));
            }
            if (cancelled.getAsBoolean()) {
                throw new Refusal("stopped while PostgreSQL was starting");
            }
            if (System.nanoTime() > deadline) {
                throw new Refusal("PostgreSQL does not answer: " + problem.get());
            }
            LockSupport.parkNanos(POLL_NANOS);
            problem = PostgresRoles.whyNoAnswer(superuser());
        }
    }

    /** Ends sessions, writes what must be written, and waits for the process. */
    void stop() throws IOException {
        if (process != null && process.isAlive()) {
            Processes.signal(process.toHandle(), "INT");
            Processes.awaitEnd(process.toHandle(), STOP_PATIENCE_SECONDS);
        }
    }

    private DatabaseAddress superuser() throws IOException {
        return new DatabaseAddress("127.0.0.1", port, "postgres", "", SUPERUSER, data.postgresPassword());
    }

    private DatabaseAddress ours() {
        return new DatabaseAddress("127.0.0.1", port, "claudemesh", "", "claudemesh", applicationPassword);
    }

    private Path consoleLog() {
        return data.logs().resolve("postgres-console.log");
    }

    private static int exitCode(Process ended) {
        try {
            return ended.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private static String lastLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).reduce("no reason given", (before, line) -> line.strip());
    }
}
