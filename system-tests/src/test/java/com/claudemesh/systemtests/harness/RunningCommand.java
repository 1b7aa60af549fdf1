package com.claudemesh.systemtests.harness;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A command that runs until it is told to stop, and what it has printed so far. */
public final class RunningCommand implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();

    RunningCommand(String name, Process process) {
        this.name = name;
        this.process = process;
        read(process.getInputStream(), out);
        read(process.getErrorStream(), err);
    }

    /** Waits for so many lines on standard output, and answers them all. */
    public List<JsonNode> lines(int atLeast) {
        Waiting.until(name + ": " + atLeast + " lines; there are " + out + err, PATIENCE, () -> out.size() >= atLeast);
        return out.stream().map(RunningCommand::json).toList();
    }

    /** Waits until standard error contains this. */
    public void says(String text) {
        Waiting.until(
                name + " says " + text, PATIENCE, () -> err.stream().anyMatch(line -> line.contains(text)) || ended());
    }

    /** Waits until standard output contains this. */
    public void prints(String text) {
        Waiting.until(
                name + " prints " + text,
                PATIENCE,
                () -> out.stream().anyMatch(line -> line.contains(text)) || ended());
    }

    private boolean ended() {
        if (!process.isAlive()) {
            throw new AssertionError(name + " has ended: " + process.exitValue() + " " + out + err);
        }
        return false;
    }

    /** Tells it to stop, as a supervisor does, and answers the exit code. */
    public int stops() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(name + " did not stop: " + out + err);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }

    private static JsonNode json(String line) {
        try {
            return Json.mapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }

    private static void read(InputStream stream, List<String> sink) {
        Thread reader = new Thread(() -> {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                lines.lines().forEach(sink::add);
            } catch (IOException | UncheckedIOException ended) {
                // The process was killed in the middle of a line.
                sink.add("[stream ended: " + ended.getMessage() + "]");
            }
        });
        reader.setDaemon(true);
        reader.start();
    }
}
