package com.claudemesh.systemtests.harness;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One running distribution: supervisor, application server, PostgreSQL, in a data directory of its own. */
public final class Server implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(300);

    /**
     * A run starts many servers on few cores: what counts is how little a start costs, not how fast they get later. The heap
     * begins with what a start needs, and the collector has one thread.
     */
    static final String QUICK_START =
            "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xms256m -Xmn128m -XX:MetaspaceSize=192m";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path data;
    private final int port;
    private final Map<String, String> environment;
    private Process supervisor;

    private Server(Path data, int port, Map<String, String> environment) {
        this.data = data;
        this.port = port;
        this.environment = environment;
    }

    /** Starts a server in a fresh data directory and waits until it is ready. */
    public static Server start(Map<String, String> environment) {
        try {
            Path data = Files.createTempDirectory("claudemesh-test-");
            Server server = new Server(data, freePort(), environment);
            server.launch();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void launch() throws IOException {
        startSupervisor();
        awaitReady();
    }

    private void startSupervisor() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command());
        builder.environment().put("CLAUDEMESH_JAVA_OPTIONS", QUICK_START);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolve("supervisor-output.txt").toFile()));
        supervisor = builder.start();
    }

    private List<String> command(String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of("--port", Integer.toString(port), "--data", data.toString()));
        return RunCommand.command(arguments.toArray(String[]::new));
    }

    public void awaitReady() {
        Waiting.until("the server is ready at " + httpBase() + "; see " + data, START_TIMEOUT, () -> {
            if (!supervisor.isAlive()) {
                // An error, not an exception: there is nothing left to wait for.
                throw new AssertionError("the supervisor ended with " + supervisor.exitValue() + ": " + output());
            }
            return get("/health/ready").statusCode() == 200;
        });
    }

    private String output() throws IOException {
        return Files.readString(data.resolve("supervisor-output.txt"));
    }

    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(httpBase().resolve(path)).timeout(Duration.ofSeconds(10));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(httpBase().resolve(path))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public URI httpBase() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public URI webSocketUrl() {
        return URI.create("ws://127.0.0.1:" + port + "/ws");
    }

    public Path data() {
        return data;
    }

    public String operatorToken() throws IOException {
        return Files.readString(data.resolve("operator-token")).strip();
    }

    /** The first start's invitation and sign-in link. */
    public JsonNode firstStart() throws IOException {
        return Json.mapper().readTree(Files.readString(data.resolve("first-start.json")));
    }

    /** What {@code status --json} prints. */
    public JsonNode status() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command("status", "--json")).start();
        String text = new String(process.getInputStream().readAllBytes());
        process.waitFor(20, TimeUnit.SECONDS);
        return Json.mapper().readTree(text);
    }

    /** Kills the application server's process without warning; the supervisor starts it again. */
    public void killServer() throws IOException, InterruptedException {
        kill(serverPid());
    }

    /** The application server's process: finding it takes a while, killing it does not. */
    public long serverPid() throws IOException, InterruptedException {
        return status().path("server").path("pid").asLong();
    }

    /** Kills PostgreSQL without warning; the supervisor starts it again. */
    public void killPostgres() throws IOException, InterruptedException {
        kill(status().path("postgres").path("pid").asLong());
    }

    /** Kills the supervisor without warning; nobody is left to start or stop anything. */
    public void killSupervisor() throws IOException, InterruptedException {
        kill(status().path("supervisor").path("pid").asLong());
    }

    /** Starts a supervisor again, for the same data and port, and waits until the server is ready. */
    public void startAgain() throws IOException {
        startSupervisor();
        // What the killed one left behind may still answer: the new one says itself when it is ready.
        Waiting.until("the new supervisor is ready; see " + data, START_TIMEOUT, () -> {
            JsonNode state = Json.mapper().readTree(Files.readString(data.resolve("supervisor.json")));
            return state.has("readySinceMillis")
                    && state.path("supervisor").path("pid").asLong() == supervisor.pid();
        });
    }

    /** Returns when the process is gone. */
    public static void kill(long pid) {
        ProcessHandle process = ProcessHandle.of(pid)
                .orElseThrow(() -> new AssertionError("no process " + pid + "; what does status --json print?"));
        process.destroyForcibly();
        Waiting.until("process " + pid + " is gone", Duration.ofSeconds(10), () -> !process.isAlive());
    }

    /** Stops everything as Ctrl-C does. */
    @Override
    public void close() {
        supervisor.destroy();
        try {
            if (!supervisor.waitFor(40, TimeUnit.SECONDS)) {
                supervisor.destroyForcibly();
                throw new AssertionError("the supervisor did not stop within 40 s; see " + data);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
