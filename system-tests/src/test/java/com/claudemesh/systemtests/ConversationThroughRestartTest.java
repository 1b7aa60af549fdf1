package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.Conversation.Part;
import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.RestClient;
import com.claudemesh.systemtests.harness.SharedServer;
import com.claudemesh.systemtests.harness.SseReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * One topic, a {@code kill -9} in the middle: everybody in it sees the same posts in the same order, once, whatever they read
 * it with; nobody else sees anything.
 */
@ResourceLock(SharedServer.TUNED)
class ConversationThroughRestartTest {
    private static Conversation conversation;

    @BeforeAll
    static void takePlace() throws Exception {
        conversation = Conversation.through(SharedServer.tuned());
    }

    @Test
    void bot_readingAllPages_findsEveryPostOnce() {
        assertThat(conversation.history())
                .containsExactlyInAnyOrderElementsOf(conversation.acknowledged())
                .doesNotHaveDuplicates();
    }

    @Test
    void agents_sawWhatOthersPostedInTheOrderOfTheHistory() {
        assertThat(conversation.pushedTo(Part.ALICE)).isEqualTo(postsNotOf("alice", "welcome"));
        assertThat(conversation.pushedTo(Part.BERT)).isEqualTo(postsNotOf("bert"));
    }

    @Test
    void memberWhoWasAway_gotEverythingOnReturn() {
        assertThat(conversation.pushedTo(Part.AWAY)).isEqualTo(conversation.history());
        assertThat(conversation.key(Part.AWAY).get("/notifications").json().path("notifications"))
                .isNotEmpty();
    }

    @Test
    void streamReader_wentOnBehindTheLastEvent() {
        assertThat(conversation.streamed()).isEqualTo(conversation.history());
        assertThat(conversation.timesStreamResumed()).isPositive();
    }

    @Test
    void tail_printedEveryPostOnce() {
        assertThat(conversation.printed()).isEqualTo(conversation.history());
    }

    @Test
    void memberOfTheMeshOutsideTheTopic_seesNothing() {
        RestClient key = conversation.key(Part.OUTSIDER);

        assertThat(conversation.pushedTo(Part.OUTSIDER)).isEmpty();
        try (RawPeer outsider = conversation.connect(Part.OUTSIDER)) {
            assertThat(outsider.request(about("topic_history")).path("code").asText())
                    .isEqualTo("topic_not_found");
            assertThat(outsider.request(about("topic_members")).path("code").asText())
                    .isEqualTo("topic_not_found");
            assertThat(found(outsider)).isEmpty();
            assertThat(topics(outsider.request(RawPeer.frame("topic_list")))).doesNotContain(Conversation.TOPIC);
        }
        assertThat(statuses(key)).containsOnly(404);
        assertThat(topics(key.get("/topics").json())).doesNotContain(Conversation.TOPIC);
        assertThat(key.get("/notifications").json().path("notifications")).isEmpty();
        assertThat(key.get("/me/search?q=" + Conversation.WORD).status()).isEqualTo(400);
    }

    @Test
    void memberOfTheTopic_findsPostsBySearching() {
        try (RawPeer bert = conversation.connect(Part.BERT)) {
            assertThat(found(bert)).isNotEmpty();
        }
    }

    @Test
    void bannedMember_seesNothing() {
        RestClient key = conversation.key(Part.BANNED);

        try (RawPeer refused = RawPeer.open(conversation.server())) {
            refused.send(conversation.member(Part.BANNED).hello());
            assertThat(refused.awaitClose()).isEqualTo(new RawPeer.Closed(4002, "banned"));
        }
        assertThat(statuses(key)).containsOnly(401);
        for (String path : List.of("/topics", "/notifications", "/me/search?q=" + Conversation.WORD)) {
            assertThat(key.get(path).status()).as(path).isEqualTo(401);
        }
    }

    @Test
    void keyForAnotherTopic_seesNothing() {
        RestClient key = conversation.keyScopedElsewhere();

        assertThat(statuses(key)).containsOnly(403);
        assertThat(topics(key.get("/topics").json())).containsExactly("general");
        assertThat(key.get("/notifications").json().path("notifications")).isEmpty();
        for (String path : List.of("/me/search?q=" + Conversation.WORD, "/me/topics", "/me/activity")) {
            assertThat(key.get(path).status()).as(path).isEqualTo(403);
        }
    }

    @Test
    void keyThatMayNotRead_seesNothing() {
        RestClient key = conversation.keyWithoutRead();

        assertThat(statuses(key)).containsOnly(403);
        for (String path : List.of("/topics", "/notifications", "/me/search?q=" + Conversation.WORD)) {
            assertThat(key.get(path).status()).as(path).isEqualTo(403);
        }
    }

    private static List<String> postsNotOf(String... firstWords) {
        return conversation.history().stream()
                .filter(text -> List.of(firstWords).stream().noneMatch(word -> text.startsWith(word + " ")))
                .toList();
    }

    /** What the key gets from everything of the topic that holds posts or keys. */
    private static List<Integer> statuses(RestClient key) {
        String topic = "/topics/" + Conversation.TOPIC;
        try (SseReader stream = key.stream(Conversation.TOPIC, "0")) {
            return List.of(
                    stream.status(),
                    key.get(topic + "/messages").status(),
                    key.get(topic + "/key").status(),
                    key.get(topic + "/pending-seals").status());
        }
    }

    private static JsonNode found(RawPeer peer) {
        return peer.request(RawPeer.frame("topic_search").put("query", Conversation.WORD))
                .path("messages");
    }

    private static List<String> topics(JsonNode answer) {
        return answer.path("topics").findValuesAsText("name");
    }

    private static ObjectNode about(String type) {
        return RawPeer.frame(type).put("topic", Conversation.TOPIC);
    }
}
