package com.claudemesh.cli.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.testing.JsonServer.Reply;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.cli.testing.TopicServer;
import com.claudemesh.protocol.crypto.TopicKeys;
import com.claudemesh.protocol.frame.ApiKeyRevoke;
import com.claudemesh.sdk.topic.TopicBody;
import com.claudemesh.sdk.topic.TopicKey;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotificationCommandsTest {
    @TempDir
    Path home;

    private final TopicServer server = new TopicServer();
    private final TopicKey key = new TopicKey(1, TopicKeys.generate(), "x", "bob");
    private TestHost host;
    private Membership mesh;

    @BeforeEach
    void join() {
        host = new TestHost(home);
        mesh = server.joined(host);
        server.on("GET", "/api/v1/notifications", request -> Reply.ok(list()));
        server.on(
                "POST",
                "/api/v1/notifications/read",
                request -> Reply.ok(Output.object().put("marked", "all")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ObjectNode list() {
        ObjectNode answer = Output.object().put("since", "2026-02-28T12:00:00Z").put("mentionedAs", "carol");
        row(answer, "n1", TopicBody.encrypted("look @carol", key), null);
        row(answer, "n2", TopicBody.plain("@carol hi"), "2026-03-01T11:00:00Z");
        return answer;
    }

    private static void row(ObjectNode answer, String id, TopicBody body, String readAt) {
        answer.withArray("notifications")
                .addObject()
                .put("id", "m-" + id)
                .put("notificationId", id)
                .put("topicId", TopicServer.TOPIC_ID)
                .put("topicName", "ops")
                .put("senderName", "bob")
                .put("ciphertext", body.ciphertext())
                .put("nonce", body.nonce())
                .put("bodyVersion", body.bodyVersion())
                .put("keyEpoch", body.keyEpoch())
                .put("kind", "mention")
                .put("readAt", readAt)
                .put("createdAt", "2026-03-01T11:00:00.000Z");
    }

    @Test
    void list_keyHere_isReadAndTheRestKeyRevoked() {
        host.services().topicKeys().keep(mesh.meshId(), TopicServer.TOPIC_ID, key);

        assertThat(host.run("notification", "list", "--json")).isZero();

        assertThat(host.json().path("notifications").findValuesAsText("message"))
                .containsExactly("look @carol", "@carol hi");
        assertThat(host.meshes().asked()).contains(new ApiKeyRevoke("keyid1"));
    }

    @Test
    void list_people_seeWhoAndWhere() {
        assertThat(host.run("notifications")).isZero();

        assertThat(host.out()).contains("@carol (2)", "#ops", "bob", "🔒", "@carol hi");
    }

    @Test
    void list_options_reachTheServer() {
        host.run("notification", "list", "--unread", "--since", "2026-01-01T00:00:00Z");

        String query = server.requests().stream()
                .filter(request -> request.path().equals("/api/v1/notifications"))
                .findFirst()
                .orElseThrow()
                .query();
        assertThat(query).isEqualTo("unread=1&since=2026-01-01T00:00:00Z");
    }

    @Test
    void list_badTime_isRefused() {
        assertThat(host.run("notification", "list", "--since", "yesterday")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void read_idsOrAll_areMarked() {
        assertThat(host.run("notification", "read", "n1", "n2")).isZero();
        assertThat(host.run("notification", "read", "--all", "--json")).isZero();

        assertThat(server.bodiesTo("/api/v1/notifications/read"))
                .extracting(Object::toString)
                .containsExactly("{\"ids\":[\"n1\",\"n2\"]}", "{\"all\":true}");
        assertThat(host.json().path("marked").asText()).isEqualTo("all");
    }

    @Test
    void read_nothingOrBoth_isRefused() {
        assertThat(host.run("notification", "read")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.run("notification", "read", "n1", "--all")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }
}
