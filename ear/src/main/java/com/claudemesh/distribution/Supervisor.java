package com.claudemesh.distribution;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts database and server, watches them, and stops them. */
final class Supervisor {
    private static final long TICK_MILLIS = 100;
    private static final long READINESS_POLL_MILLIS = 250;
    /** What follows a failure in the log says more about it. */
    private static final long LOG_SETTLE_MILLIS = 500;

    private static final int STOP_PATIENCE_SECONDS = 100;

    private final Options options;
    private final Map<String, String> variables;
    private final Home home;
    private final DataDirectory data;
    private final PrintStream out;
    private final SupervisorSettings settings;
    private final ServerEnvironment environment;
    private final String localBase;
    private final Readiness readiness;
    private final int adminPort;
    private final Database database;
    private final ApplicationServer server;
    private final RestartBudget restarts = new RestartBudget();
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Long readySinceMillis;

    Supervisor(Options options, Map<String, String> variables, Home home, DataDirectory data, PrintStream out)
            throws IOException {
        this.options = options;
        this.variables = variables;
        this.home = home;
        this.data = data;
        this.out = out;
        settings = SupervisorSettings.from(variables);
        boolean everywhere = settings.listenAddress().equals("0.0.0.0");
        localBase = "http://" + (everywhere ? "127.0.0.1" : settings.listenAddress()) + ":" + options.port();
        readiness = new Readiness(localBase);
        adminPort = Ports.free();
        environment = new ServerEnvironment(variables, localBase, data);
        database = settings.externalDatabase().isPresent()
                ? new ExternalDatabase(settings.externalDatabase().get())
                : new EmbeddedPostgres(home, data, settings.databaseConnections(), () -> stopRequested(0));
        server = new ApplicationServer(home, data, environment, settings.javaOptions());
    }

    /**
     * Runs until {@link #stop()} is called.
     *
     * @throws Refusal when the start fails, or what died cannot be brought back
     */
    void run() throws IOException {
        try {
            start();
            while (!stopRequested(TICK_MILLIS)) {
                bringBackWhatDied();
            }
        } finally {
            stopEverything();
            stopped.countDown();
        }
    }

    /** Makes {@link #run()} end and waits for that. From any thread. */
    void stop() {
        stopRequested.countDown();
        try {
            if (!stopped.await(STOP_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                out.println("not everything ended within " + STOP_PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start() throws IOException {
        complete(environment);
        environment.check();
        if (new Leftovers(data).stopAll()) {
            out.println("stopped what an earlier run had left behind");
        }
        Ports.requireFree(settings.listenAddress(), options.port());
        boolean firstStart = !Files.exists(data.firstStart());
        out.println(database instanceof EmbeddedPostgres ? "starting PostgreSQL" : "connecting to the database");
        connect(database.start());
        writeState();
        out.println(server.isPrepared() ? "starting the server" : "preparing and starting the server");
        StartupLog log = server.start();
        writeState();
        if (awaitFirstReadiness(log)) {
            greet(firstStart);
            readySinceMillis = System.currentTimeMillis();
            writeState();
        }
    }

    private void complete(ServerEnvironment unfinished) throws IOException {
        if (!unfinished.has("BROKER_ENCRYPTION_KEY")) {
            unfinished.with("BROKER_ENCRYPTION_KEY", data.encryptionKey());
        }
        unfinished
                .with("CLAUDEMESH_HTTP_ADDRESS", settings.listenAddress())
                .with("CLAUDEMESH_HTTP_PORT", Integer.toString(options.port()))
                .with("CLAUDEMESH_ADMIN_PORT", Integer.toString(adminPort))
                .with("CLAUDEMESH_HTTP_THREADS", Integer.toString(settings.httpThreads()))
                .with("CLAUDEMESH_DATABASE_CONNECTIONS", Integer.toString(settings.databaseConnections()))
                .with("CLAUDEMESH_EAR", home.ear().toString());
    }

    private void connect(DatabaseAddress address) {
        environment
                .with("CLAUDEMESH_JDBC_URL", address.jdbcUrl())
                .with("CLAUDEMESH_JDBC_USER", address.user())
                .with("CLAUDEMESH_JDBC_PASSWORD", address.password());
    }

    /** Returns false when asked to stop before. */
    private boolean awaitFirstReadiness(StartupLog log) throws IOException {
        long deadline = System.nanoTime()
                + Duration.ofSeconds(settings.startTimeoutSeconds()).toNanos();
        while (!stopRequested(READINESS_POLL_MILLIS)) {
            if (readiness.holds()) {
                server.markPrepared();
                return true;
            }
            if (log.fatal().isPresent()) {
                stopRequested(LOG_SETTLE_MILLIS);
                throw new Refusal("the server did not start: " + log.fatal().orElse("no reason given") + " (log: "
                        + data.serverLog() + ")");
            }
            if (!server.isAlive()) {
                throw new Refusal("the server ended while it started: " + server.lastWords() + " (log: "
                        + data.serverLog() + ")");
            }
            if (System.nanoTime() > deadline) {
                throw new Refusal("the server was not ready within " + settings.startTimeoutSeconds() + " s (log: "
                        + data.serverLog() + ")");
            }
        }
        return false;
    }

    private void greet(boolean firstStart) throws IOException {
        Greeting greeting = new Greeting(state(), variables.getOrDefault("CLAUDEMESH_LAUNCHER", "claudemesh"));
        out.print(greeting.everyStart());
        if (firstStart && Files.exists(data.firstStart())) {
            out.print(greeting.firstStart(data));
        }
        out.flush();
    }

    private void bringBackWhatDied() throws IOException {
        if (database instanceof EmbeddedPostgres postgres && !postgres.isAlive()) {
            pauseBeforeRestart("PostgreSQL");
            if (!stopRequested(0)) {
                restart(postgres);
            }
        }
        if (!server.isAlive()) {
            pauseBeforeRestart("the server");
            if (!stopRequested(0)) {
                server.start();
                writeState();
            }
        }
    }

    /** One that fails, as it does while processes of the killed one still hold its memory, is tried again. */
    private void restart(EmbeddedPostgres postgres) throws IOException {
        try {
            postgres.start();
        } catch (Refusal e) {
            out.println(e.getMessage());
        }
        writeState();
    }

    private void pauseBeforeRestart(String what) {
        Duration pause = restarts.take(System.nanoTime() / 1_000_000)
                .orElseThrow(() -> new Refusal(what + " ended more than " + RestartBudget.LIMIT + " times within "
                        + RestartBudget.WINDOW.toMinutes() + " minutes; giving up (logs: " + data.logs() + ")"));
        out.println(what + " ended; starting it again");
        stopRequested(pause.toMillis());
    }

    private boolean stopRequested(long waitMillis) {
        try {
            return stopRequested.await(waitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void stopEverything() throws IOException {
        server.stop();
        if (database instanceof EmbeddedPostgres postgres) {
            postgres.stop();
        }
        RunState.clear(data);
    }

    private void writeState() throws IOException {
        state().write(data);
    }

    private RunState state() {
        EmbeddedPostgres postgres = database instanceof EmbeddedPostgres embedded ? embedded : null;
        return new RunState(
                ProcessRef.ofThisProcess(),
                server.reference(),
                postgres == null ? null : postgres.reference(),
                localBase,
                localBase.replaceFirst("^http", "ws") + "/ws",
                data.root().toString(),
                adminPort,
                postgres == null ? null : postgres.port(),
                readySinceMillis);
    }
}
