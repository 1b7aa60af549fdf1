package com.claudemesh.bench.server;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server of our own: the built distribution on a free port, with its data in a directory that is made for it. Close it to
 * stop everything.
 */
public final class ManagedServer implements AutoCloseable {
    private static final String START_SECONDS = "CLAUDEMESH_START_TIMEOUT_SECONDS";
    private static final int DEFAULT_START_SECONDS = 180;
    private static final long READY_POLL_NANOS = 200_000_000;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Path distribution;
    private final Map<String, String> environment;
    private final Path data;
    private final int port;
    private Process supervisor;

    private ManagedServer(Path distribution, Map<String, String> environment, Path data, int port) throws IOException {
        this.distribution = distribution;
        this.environment = environment;
        this.data = data;
        this.port = port;
        this.supervisor = launch();
    }

    /**
     * Starts and waits until it is ready.
     *
     * @param distribution the folder that the build makes, with {@code lib} in it
     * @param environment settings of the server, on top of this process's environment
     */
    public static ManagedServer start(Path distribution, Map<String, String> environment) throws IOException {
        if (!Files.isDirectory(distribution.resolve("lib"))) {
            throw new IOException("no distribution in " + distribution + "; build it, or name it with --distribution");
        }
        ManagedServer server = new ManagedServer(
                distribution, environment, Files.createTempDirectory("claudemesh-bench-"), freePort());
        try {
            server.awaitReady();
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        distribution.resolve("lib") + "/*",
                        "com.claudemesh.distribution.Main",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        data.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Stops everything in order and starts it again with the same data; blocks until it is ready. */
    public void restart() throws IOException {
        close();
        supervisor = launch();
        awaitReady();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Path output() {
        return data.resolve("supervisor-output.txt");
    }

    /** Waits until the server answers that it is ready, also after a fault. */
    public void awaitReady() throws IOException {
        long patienceSeconds = startSeconds();
        long deadline = System.nanoTime() + Duration.ofSeconds(patienceSeconds).toNanos();
        while (!isReady()) {
            if (!supervisor.isAlive()) {
                throw new IOException("the supervisor ended with " + supervisor.exitValue() + ": "
                        + Files.readString(output()).strip());
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("not ready within " + patienceSeconds + " s; see " + data);
            }
            LockSupport.parkNanos(READY_POLL_NANOS);
        }
    }

    /** As long as the supervisor waits, which a slow machine's environment may prolong. */
    private static long startSeconds() {
        String configured = System.getenv(START_SECONDS);
        return configured == null ? DEFAULT_START_SECONDS : Long.parseLong(configured);
    }

    private boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(httpBase().resolve("/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // Nobody listens yet, or the answer died with the server.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the server", e);
        }
    }

    public URI httpBase() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public URI webSocketUrl() {
        return URI.create("ws://127.0.0.1:" + port + "/ws");
    }

    public ServerApi api() throws IOException {
        return new ServerApi(
                httpBase(), Files.readString(data.resolve("operator-token")).strip());
    }

    public ServerState state() {
        return new ServerState(data);
    }

    /** Stops everything as Ctrl-C does. The data directory stays, for looking into it. */
    @Override
    public void close() {
        supervisor.destroy();
        try {
            if (!supervisor.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                supervisor.destroyForcibly();
                System.err.println(
                        "the supervisor did not stop within " + STOP_PATIENCE.toSeconds() + " s; see " + data);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
