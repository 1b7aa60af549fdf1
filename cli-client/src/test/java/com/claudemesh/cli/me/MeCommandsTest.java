package com.claudemesh.cli.me;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.testing.JsonServer.Reply;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.cli.testing.TopicServer;
import com.claudemesh.protocol.encoding.JsonReader;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeCommandsTest {
    @TempDir
    Path home;

    private final TopicServer server = new TopicServer();
    private TestHost host;

    @BeforeEach
    void join() {
        host = new TestHost(home);
        server.joined(host);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void answers(String path, String json) {
        server.on("GET", path, request -> Reply.ok(JsonReader.read(json).orElseThrow()));
    }

    @Test
    void workspace_bareMe_isShown() {
        answers("/api/v1/me/workspace", """
                {"meshes":[{"slug":"crew","myRole":"admin","online":2,"peers":3,"topics":4,"unreadMentions":1}]}""");

        assertThat(host.run("me")).isZero();

        assertThat(host.out()).contains("crew", "2/3 online", "4 topics", "1 mentions");
    }

    @Test
    void topics_json_isTheServersAnswer() {
        answers("/api/v1/me/topics", """
                {"topics":[{"name":"ops","meshSlug":"crew","unread":2,"visibility":"public"}],"totals":{"unread":2}}""");

        assertThat(host.run("me", "topics", "--json")).isZero();

        assertThat(host.json().at("/totals/unread").asInt()).isEqualTo(2);
        assertThat(host.json().path("schema_version").asText()).isEqualTo("1.0");
    }

    @Test
    void activity_snippets_areShown() {
        answers("/api/v1/me/activity", """
                {"activity":[{"topicName":"ops","meshSlug":"crew","senderName":"bob","snippet":"it runs",
                 "bodyVersion":1,"createdAt":"2026-03-01T11:00:00Z"}]}""");

        assertThat(host.run("me", "activity")).isZero();

        assertThat(host.out()).contains("crew #ops 1h bob", "it runs");
    }

    @Test
    void notifications_options_reachTheServer() {
        answers("/api/v1/me/notifications", "{\"notifications\":[]}");

        assertThat(host.run("me", "notifs", "--all", "--since", "2026-01-01T00:00:00Z"))
                .isZero();

        assertThat(server.requests().get(0).query()).isEqualTo("include=all&since=2026-01-01T00:00:00Z");
    }

    @Test
    void search_words_areSentAsOneQuery() {
        answers("/api/v1/me/search", "{\"query\":\"a&b c\",\"topics\":[],\"messages\":[]}");

        assertThat(host.run("me", "search", "a&b", "c")).isZero();
        assertThat(host.run("me", "search", "x")).isEqualTo(ExitCode.INVALID_ARGUMENTS);

        assertThat(server.requests().get(0).query()).isEqualTo("q=a&b c&limit=50");
    }

    @Test
    void member_withoutAccount_isToldWhatHelps() {
        server.on("GET", "/api/v1/me/workspace", request -> Reply.error(400, "issuer_member_has_no_user"));

        assertThat(host.run("me", "workspace")).isEqualTo(ExitCode.AUTHENTICATION_FAILED);
        assertThat(host.err()).contains("no account", "claudemesh login");
    }
}
