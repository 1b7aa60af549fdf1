package com.claudemesh.systemtests.harness;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@code bench.jar} as somebody runs it. */
public final class Bench {
    private Bench() {}

    /** What it printed on standard output, and how it ended. */
    public record Result(int exitCode, String output) {

        public List<JsonNode> jsonLines() throws IOException {
            List<JsonNode> lines = new ArrayList<>();
            for (String line : output.lines().filter(one -> one.startsWith("{")).toList()) {
                lines.add(Json.mapper().readTree(line));
            }
            return lines;
        }
    }

    /** Blocks until it ends; its progress goes to this process's standard error. */
    public static Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                Paths.BENCH_JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CLAUDEMESH_JAVA_OPTIONS", Server.QUICK_START);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
