package com.claudemesh.systemtests.harness;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@code claudemesh mcp} process with us in the place of Claude Code, at its bare pipes. */
public final class McpHost implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final String name;
    private final Process process;
    private final Writer input;
    private final BlockingQueue<JsonNode> lines = new LinkedBlockingQueue<>();
    private final List<String> badLines = new CopyOnWriteArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();

    McpHost(String name, Process process) {
        this.name = name;
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        read(process.getInputStream(), this::take);
        read(process.getErrorStream(), log::add);
    }

    McpHost shakeHands() {
        write("""
                {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""");
        JsonNode answer = next();
        if (!answer.at("/result/serverInfo/name").asText().equals("claudemesh")) {
            throw new AssertionError("unexpected answer to initialize: " + answer);
        }
        write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        return this;
    }

    /** Waits until the process has said on standard error that it is connected. */
    public McpHost connected() {
        Waiting.until(
                name + "'s session is connected",
                Duration.ofSeconds(PATIENCE_SECONDS),
                () -> log.stream().anyMatch(line -> line.contains("connected as")));
        return this;
    }

    /** The next channel event of any kind but the welcome, which comes at a time of its own. */
    public JsonNode nextEvent() {
        JsonNode params = next().path("params");
        while (params.at("/meta/kind").asText().equals("welcome")) {
            params = next().path("params");
        }
        return params;
    }

    public void write(String line) {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line. */
    public JsonNode next() {
        try {
            JsonNode line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("nothing came to " + name + "'s session; its log: " + log);
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** What was on standard output although it is no JSON-RPC. */
    public List<String> badLines() {
        return List.copyOf(badLines);
    }

    /** Ends the input, as a host does that ends, and answers the exit code. */
    public int hangsUp() {
        try {
            input.close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(name + "'s session did not end with its input; its log: " + log);
            }
            return process.exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }

    private void take(String line) {
        try {
            JsonNode message = Json.mapper().readTree(line);
            if (message.path("jsonrpc").asText().equals("2.0")) {
                lines.add(message);
                return;
            }
        } catch (IOException notJson) {
            // Recorded below: the test that reads badLines decides.
        }
        badLines.add(line);
    }

    private static void read(InputStream stream, java.util.function.Consumer<String> sink) {
        Thread reader = new Thread(() -> {
            try (BufferedReader lines =
                    new BufferedReader(new java.io.InputStreamReader(stream, StandardCharsets.UTF_8))) {
                lines.lines().forEach(sink);
            } catch (IOException | UncheckedIOException ended) {
                // The process was killed in the middle of a line.
                sink.accept("[stream ended: " + ended.getMessage() + "]");
            }
        });
        reader.setDaemon(true);
        reader.start();
    }
}
