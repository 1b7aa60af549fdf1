package com.claudemesh.systemtests.harness;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Somebody with a home directory of their own who types {@code claudemesh} commands. */
public final class Person {
    private static final long PATIENCE_SECONDS = 120;
    /** One class archive for everybody: the first command has it made in the background. */
    private static final Path CACHE = Paths.ROOT.resolve("system-tests/target/claudemesh-cache");

    private final String name;
    private final Path home;

    /** What a command printed and how it ended. */
    public record Outcome(int exitCode, String out, String err) {
        /** The only JSON document on standard output. */
        public JsonNode json() {
            try {
                return Json.mapper().readTree(out);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not one JSON document: " + this, e);
            }
        }
    }

    private Person(String name, Path home) {
        this.name = name;
        this.home = home;
    }

    /** Somebody new, with an empty home directory. */
    public static Person named(String name) {
        try {
            return new Person(name, Files.createTempDirectory("claudemesh-" + name + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes down memberships that somebody else has arranged, and goes by the name of the first. */
    public Person belongingTo(TestMesh.Seat... seats) {
        ObjectNode config = Json.mapper().createObjectNode().put("version", 1);
        for (TestMesh.Seat seat : seats) {
            config.withArray("meshes")
                    .addObject()
                    .put("meshId", seat.mesh().meshId())
                    .put("memberId", seat.member().memberId())
                    .put("slug", seat.mesh().slug())
                    .put("name", seat.mesh().slug())
                    .put("pubkey", seat.member().publicKey())
                    .put("secretKey", seat.member().secretKey())
                    .put("brokerUrl", seat.mesh().server().webSocketUrl().toString())
                    .put("joinedAt", Instant.now().toString())
                    .put("inviteVersion", 1);
        }
        config.put("displayName", seats[0].member().displayName());
        try {
            Files.createDirectory(home.resolve(".claudemesh"));
            Files.writeString(home.resolve(".claudemesh/config.json"), config.toString());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String name() {
        return name;
    }

    public Path home() {
        return home;
    }

    /** Runs the command to its end, whatever that is. */
    public Outcome runs(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Paths.LAUNCHER.toString()));
        command.addAll(List.of(arguments));
        return runsProgram(command);
    }

    /** Runs a line as it was printed, in a shell. */
    public Outcome types(String line) {
        return runsProgram(List.of("sh", "-c", line));
    }

    /** Runs the command, which must succeed. */
    public Outcome does(String... arguments) {
        Outcome outcome = runs(arguments);
        if (outcome.exitCode() != 0) {
            throw new AssertionError(name + ": claudemesh " + String.join(" ", arguments) + ": " + outcome);
        }
        return outcome;
    }

    /** Starts {@code claudemesh mcp} as Claude Code does. */
    public McpHost startsSession() {
        try {
            Process process =
                    prepared(List.of(Paths.LAUNCHER.toString(), "mcp")).start();
            return new McpHost(name, process).shakeHands();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a command that goes on by itself. */
    public RunningCommand starts(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Paths.LAUNCHER.toString()));
        command.addAll(List.of(arguments));
        try {
            return new RunningCommand(
                    name + " " + String.join(" ", arguments), prepared(command).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder prepared(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(Paths.ROOT.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(variable -> variable.startsWith("CLAUDE"));
        environment.put("HOME", home.toString());
        environment.put("USER", name);
        environment.put("XDG_CACHE_HOME", CACHE.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    private Outcome runsProgram(List<String> command) {
        try {
            Process process = prepared(command).start();
            process.getOutputStream().close();
            CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            String out = text(process.getInputStream());
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(name + ": did not end: " + command);
            }
            return new Outcome(process.exitValue(), out, err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
