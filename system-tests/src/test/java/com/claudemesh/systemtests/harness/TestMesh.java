package com.claudemesh.systemtests.harness;

import com.claudemesh.bench.provision.Provisioner;
import com.claudemesh.bench.server.ServerApi;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** A mesh of its own for one test, made as {@code bench.jar provision} makes it. */
public record TestMesh(Server server, String meshId, String slug, List<TestMember> members) {

    public static TestMesh with(Server server, int members) {
        try {
            ServerApi api = new ServerApi(server.httpBase(), server.operatorToken());
            return parse(server, Json.mapper().valueToTree(new Provisioner(api).mesh("bench", members)));
        } catch (IOException | ExecutionException e) {
            throw new AssertionError("provision failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The same by {@code bench.jar provision}, a process of its own, which takes a second or more. */
    public static TestMesh byCommand(Server server, int members) throws IOException, InterruptedException {
        Bench.Result result = Bench.run(
                "provision",
                "--server",
                server.httpBase().toString(),
                "--data",
                server.data().toString(),
                "--members",
                Integer.toString(members));
        if (result.exitCode() != 0 || result.jsonLines().size() != 1) {
            throw new AssertionError("provision failed: " + result);
        }
        return parse(server, result.jsonLines().get(0));
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
