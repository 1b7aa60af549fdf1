package com.claudemesh.systemtests.harness;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A mesh of its own for one test, made by {@code bench.jar provision}. */
public record TestMesh(Server server, String meshId, String slug, List<TestMember> members) {

    public static TestMesh with(Server server, int members) {
        try {
            Process process = new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "-XX:TieredStopAtLevel=1",
                            "-jar",
                            Paths.BENCH_JAR.toString(),
                            "provision",
                            "--server",
                            server.httpBase().toString(),
                            "--data",
                            server.data().toString(),
                            "--members",
                            Integer.toString(members))
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("provision failed: " + printed);
            }
            String mesh = printed.lines()
                    .filter(line -> line.startsWith("{"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("provision printed: " + printed));
            return parse(server, Json.mapper().readTree(mesh));
        } catch (IOException e) {
            throw new AssertionError("provision failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static TestMesh parse(Server server, JsonNode mesh) {
        String meshId = mesh.path("meshId").asText();
        List<TestMember> members = new java.util.ArrayList<>();
        for (JsonNode member : mesh.path("members")) {
            members.add(new TestMember(
                    meshId,
                    member.path("memberId").asText(),
                    member.path("pubkey").asText(),
                    member.path("secretKey").asText(),
                    member.path("displayName").asText()));
        }
        return new TestMesh(server, meshId, mesh.path("slug").asText(), members);
    }

    /** A member's place in a mesh. */
    public record Seat(TestMesh mesh, TestMember member) {}

    public Seat seat(int index) {
        return new Seat(this, members.get(index));
    }

    public TestMember member(int index) {
        return members.get(index);
    }
}
