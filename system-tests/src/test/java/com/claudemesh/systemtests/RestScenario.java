package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.RestClient;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SharedServer;
import com.claudemesh.systemtests.harness.TestMesh;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * An administrator and two members, connected, in a mesh that each test class has for itself, on the server with defaults. Others
 * kill that server, so that its lock is needed.
 */
@ResourceLock(SharedServer.DEFAULTS)
@TestInstance(Lifecycle.PER_CLASS)
abstract class RestScenario {
    private static final AtomicInteger NAMES = new AtomicInteger();

    Server server;
    TestMesh mesh;
    RawPeer admin;
    RawPeer bob;
    RawPeer carol;
    /** Another one for each test. */
    String topic;

    @BeforeAll
    void start() {
        server = SharedServer.withDefaults();
        mesh = TestMesh.with(server, 12);
        admin = RawPeer.connect(server, mesh.member(0));
        bob = RawPeer.connect(server, mesh.member(1));
        carol = RawPeer.connect(server, mesh.member(2));
    }

    @BeforeEach
    void nameTopic() {
        topic = "rest-" + NAMES.incrementAndGet();
    }

    @AfterAll
    void stop() {
        List.of(admin, bob, carol).forEach(RawPeer::close);
    }

    RestClient key(RawPeer issuer, List<String> capabilities) {
        return RestClient.made(server, issuer, capabilities, null);
    }

    static void create(RawPeer creator, String name, String visibility) {
        JsonNode made =
                creator.request(RawPeer.frame("topic_create").put("name", name).put("visibility", visibility));
        assertThat(made.path("type").asText()).as(made.toString()).isEqualTo("topic_created");
    }

    static void join(RawPeer member, String name) {
        member.send(RawPeer.frame("topic_join").put("topic", name));
        member.request(RawPeer.frame("topic_members").put("topic", name));
    }

    static List<String> names(JsonNode rows, String field) {
        List<String> names = new ArrayList<>();
        rows.forEach(row -> names.add(row.path(field).asText()));
        return names;
    }
}
