package com.claudemesh.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.TopicCreated;
import com.claudemesh.protocol.frame.TopicRole;
import com.claudemesh.protocol.frame.TopicVisibility;
import com.claudemesh.topic.CreatedTopic;
import com.claudemesh.topic.TopicHits;
import com.claudemesh.topic.TopicListing;
import com.claudemesh.topic.TopicMemberView;
import com.claudemesh.topic.TopicPage;
import com.claudemesh.topic.TopicPost;
import com.claudemesh.topic.TopicResult;
import com.claudemesh.topic.TopicView;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Wire protocol §2.4. */
class TopicRepliesTest {
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00.5Z");
    private static final TopicView TOPIC = new TopicView(
            "id1",
            "mesh",
            "ops",
            null,
            TopicVisibility.PRIVATE,
            false,
            "ab",
            2,
            true,
            null,
            TIME,
            Map.of("ann", TopicRole.LEAD));

    private static JsonNode json(Object frame) {
        return Json.mapper().valueToTree(frame);
    }

    private static JsonNode shown(Reply reply) {
        return json(((Reply.Now) reply).frame());
    }

    private static void assertRefused(Reply reply, String code, String message) {
        ErrorFrame error = (ErrorFrame) ((Reply.Now) reply).frame();
        assertThat(json(error).path("code").asText()).isEqualTo(code);
        assertThat(json(error).path("message").asText()).isEqualTo(message);
    }

    @Test
    void done_answersWhatTheFrameCallsFor() {
        TopicResult<TopicView> done = new TopicResult.Done<>(TOPIC);

        assertThat(TopicReplies.silent("ops", done)).isEqualTo(Reply.Silent.SILENT);
        assertThat(TopicReplies.receipt("ops", done)).isEqualTo(Reply.Receipt.RECEIPT);
        assertThat(shown(TopicReplies.answer("ops", done, view -> TopicReplies.created(new CreatedTopic(view, true)))))
                .isEqualTo(json(new TopicCreated(new TopicCreated.Topic("id1", "ops", TopicVisibility.PRIVATE), true)));
    }

    @Test
    void refused_hasTheCodeAndSaysWhat() {
        assertRefused(
                TopicReplies.silent("ops", new TopicResult.NotFound<>()),
                "topic_not_found",
                "topic: there is no 'ops' in this mesh");
        assertRefused(TopicReplies.receipt("ops", new TopicResult.Forbidden<>("topic: no")), "forbidden", "topic: no");
        assertRefused(TopicReplies.silent("ops", new TopicResult.LimitReached<>("full")), "topic_limit", "full");
        assertRefused(
                TopicReplies.receipt("ops", new TopicResult.Invalid<>("name", "is taken")),
                "invalid_args",
                "name: is taken");
    }

    @Test
    void list_ofSomebodyOutside_hasNoRole() {
        JsonNode outside = shown(TopicReplies.list(List.of(new TopicListing(TOPIC, 3, null, 7))))
                .path("topics")
                .get(0);

        assertThat(outside.has("role")).isFalse();
        assertThat(outside.path("description").isNull()).isTrue();
        assertThat(outside.path("memberCount").asInt()).isEqualTo(3);
        assertThat(outside.path("unread").asInt()).isEqualTo(7);
        assertThat(outside.path("keyEpoch").asInt()).isEqualTo(2);
        assertThat(outside.path("rotationDue").asBoolean()).isTrue();
        assertThat(outside.path("createdAt").asText()).isEqualTo("2026-01-31T12:00:00.500Z");
    }

    @Test
    void members_whoNeverRead_saySo() {
        JsonNode frame = json(TopicReplies.members(
                "#ops", List.of(new TopicMemberView("ann", "ab", "Ann", TopicRole.LEAD, TIME, null))));

        assertThat(frame.path("topic").asText()).isEqualTo("#ops");
        assertThat(frame.path("members").get(0).path("role").asText()).isEqualTo("lead");
        assertThat(frame.path("members").get(0).path("lastReadAt").isNull()).isTrue();
    }

    @Test
    void posts_sentByASession_nameItAndTheMember() {
        TopicPost post = new TopicPost(
                "id1", 4, "m1", "ann", "member-key", "session-key", "Ann", "n", "c", 2, 2, null, List.of(), TIME);

        JsonNode history = json(TopicReplies.history("ops", new TopicPage(TOPIC, List.of(post))));
        JsonNode found = shown(TopicReplies.found(
                "ann", new TopicHits(List.of(new TopicListing(TOPIC, 1, TopicRole.LEAD, 0)), List.of(post))));

        assertThat(history.path("messages").get(0).path("senderPubkey").asText())
                .isEqualTo("session-key");
        assertThat(history.path("messages").get(0).path("senderMemberPubkey").asText())
                .isEqualTo("member-key");
        assertThat(found.path("messages")).isEqualTo(history.path("messages"));
        assertThat(found.path("topics").get(0).path("role").asText()).isEqualTo("lead");
        assertThat(found.path("query").asText()).isEqualTo("ann");
    }
}
