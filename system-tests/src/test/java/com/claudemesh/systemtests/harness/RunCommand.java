package com.claudemesh.systemtests.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One call of the supervisor, as {@code ./run} makes it. */
public final class RunCommand {
    private static final int PATIENCE_SECONDS = 120;

    private RunCommand() {}

    /** How it ended and what it said. */
    public record Result(int exitCode, String output, String errors) {}

    /** Blocks until it ends. */
    public static Result run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("run-", ".out");
        Path errors = Files.createTempFile("run-", ".err");
        ProcessBuilder builder = new ProcessBuilder(command(arguments))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroy();
            throw new AssertionError("it did not end: " + Files.readString(output) + Files.readString(errors));
        }
        return new Result(process.exitValue(), take(output), take(errors));
    }

    private static String take(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        Files.delete(file);
        return text;
    }

    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Paths.DISTRIBUTION.resolve("lib") + "/*",
                "com.claudemesh.distribution.Main"));
        command.addAll(List.of(arguments));
        return command;
    }
}
