package com.claudemesh.systemtests.harness;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The container image's scripts without a container: its folder, laid out as the image lays it out around a Payara as it
 * comes, with the entry point as its process.
 */
public final class Container implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(300);

    private final Path home;
    private final Path data;
    private final Path output;
    private final int port;
    private final Process process;

    private Container(Path home, Path data, int port, Map<String, String> environment) throws IOException {
        this.home = home;
        this.data = data;
        this.port = port;
        this.output = data.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        home.resolve("entrypoint.sh").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("CLAUDEMESH_PORT", Integer.toString(port));
        builder.environment().put("CLAUDEMESH_DATA_DIR", data.toString());
        process = builder.start();
    }

    /** Lays out the folder and starts the entry point; does not wait. */
    public static Container start(Path folder, Map<String, String> environment) {
        try (ServerSocket socket = new ServerSocket(0)) {
            Path home = Files.createDirectory(folder.resolve("claudemesh"));
            Files.createSymbolicLink(home.resolve("lib"), Paths.DISTRIBUTION.resolve("lib"));
            Files.createSymbolicLink(home.resolve("claudemesh.ear"), Paths.DISTRIBUTION.resolve("claudemesh.ear"));
            Files.createSymbolicLink(home.resolve("server"), Paths.SERVER_CONFIGURATION);
            Files.createSymbolicLink(home.resolve("payara6"), Paths.PLAIN_PAYARA);
            for (String script : new String[] {"entrypoint.sh", "healthcheck.sh"}) {
                Files.copy(
                        Paths.DOCKER.resolve(script),
                        home.resolve(script),
                        java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
            Path data = Files.createDirectory(folder.resolve("data"));
            int port = socket.getLocalPort();
            socket.close();
            return new Container(home, data, port, environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the image's health check succeeds. */
    public void awaitHealthy() {
        Waiting.until("the health check succeeds; see " + output, START_TIMEOUT, () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("it ended with " + process.exitValue() + ": " + output());
            }
            return healthCheck() == 0;
        });
    }

    /** The exit code of the image's health check, run now. */
    public int healthCheck() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        home.resolve("healthcheck.sh").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("CLAUDEMESH_PORT", Integer.toString(port));
        return builder.start().waitFor();
    }

    public JsonNode state() throws IOException {
        return Json.mapper().readTree(Files.readString(data.resolve("supervisor.json")));
    }

    public int port() {
        return port;
    }

    public String output() throws IOException {
        return Files.readString(output);
    }

    /** Blocks until the entry point ends by itself. */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end; see " + output);
        }
        return process.exitValue();
    }

    /** Stops it as a container engine does. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("it does not stop; see " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
