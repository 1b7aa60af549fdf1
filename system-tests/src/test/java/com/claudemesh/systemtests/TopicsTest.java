package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.SharedServer;
import com.claudemesh.systemtests.harness.TestMesh;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Topics over the socket: wire protocol §2.4, §4.4, §8 items 41 and 42. */
@ResourceLock(SharedServer.DEFAULTS)
class TopicsTest {
    private TestMesh mesh;
    private RawPeer alice;
    private RawPeer bob;

    /** The first member administers the mesh: these two do not. */
    @BeforeEach
    void connect() {
        mesh = TestMesh.with(SharedServer.withDefaults(), 4);
        alice = connect(1);
        bob = connect(2);
    }

    private RawPeer connect(int member) {
        return RawPeer.connect(mesh.server(), mesh.member(member));
    }

    @Test
    void create_twice_isOneTopicWithItsFirstMakerAsLead() {
        JsonNode first = alice.request(topicFrame("topic_create").put("name", "deploys"));
        JsonNode second = bob.request(topicFrame("topic_create").put("name", "deploys"));

        assertThat(first.path("created").asBoolean()).isTrue();
        assertThat(first.path("topic").path("visibility").asText()).isEqualTo("public");
        assertThat(second.path("created").asBoolean()).isFalse();
        assertThat(second.path("topic").path("id"))
                .isEqualTo(first.path("topic").path("id"));
        JsonNode members = alice.request(topicFrame("topic_members", "deploys")).path("members");
        assertThat(members).hasSize(2);
        assertThat(members)
                .filteredOn(member ->
                        member.path("pubkey").asText().equals(mesh.member(1).publicKey()))
                .extracting(member -> member.path("role").asText())
                .containsExactly("lead");
    }

    @Test
    void general_isThereForEverybody() {
        JsonNode topics = bob.request(topicFrame("topic_list")).path("topics");

        assertThat(topics).hasSize(1);
        assertThat(topics.path(0).path("name").asText()).isEqualTo("general");
        assertThat(topics.path(0).path("memberCount").asInt()).isEqualTo(4);
    }

    @Test
    void unknownTopic_isNotFoundInEveryFrame() {
        for (String type : List.of(
                "topic_join", "topic_leave", "topic_members", "topic_history", "topic_mark_read", "topic_archive")) {
            assertThat(alice.request(topicFrame(type, "nothing")).path("code").asText())
                    .as(type)
                    .isEqualTo("topic_not_found");
        }
        assertThat(alice.sendMessage("#nothing", "eA==").path("error").asText()).startsWith("topic_not_found");
    }

    @Test
    void post_byNameAndById_reachesSubscribersLiveAndNobodyElse() {
        String id = alice.request(topicFrame("topic_create").put("name", "deploys"))
                .path("topic")
                .path("id")
                .asText();
        RawPeer sibling = connect(1);
        RawPeer outside = connect(3);
        bob.send(topicFrame("topic_join", "deploys"));
        bob.request(topicFrame("topic_members", "deploys"));

        JsonNode ack = alice.sendMessage("#deploys", "b25l");
        alice.sendMessage("#" + id, "dHdv");
        alice.sendMessage("#general", "YWxs");

        JsonNode push = bob.nextMessage();
        assertThat(push.path("messageId")).isEqualTo(ack.path("messageId"));
        assertThat(push.path("topic").asText()).isEqualTo("deploys");
        assertThat(push.path("topicId").asText()).isEqualTo(id);
        assertThat(bob.nextMessage().path("ciphertext").asText()).isEqualTo("dHdv");
        assertThat(sibling.nextMessage().path("ciphertext").asText()).isEqualTo("b25l");
        assertThat(outside.nextMessage().path("ciphertext").asText()).isEqualTo("YWxs");
        assertThat(alice.everythingSoFar())
                .noneMatch(frame -> frame.path("type").asText().equals("push") && !frame.has("event"));
        assertThat(ciphertexts(history(bob, "deploys"))).containsExactly("dHdv", "b25l");
    }

    @Test
    void post_toATopicOfAnotherMesh_isRefused() {
        TestMesh other = TestMesh.with(SharedServer.withDefaults(), 1);
        RawPeer eve = RawPeer.connect(other.server(), other.member(0));
        String foreign = eve.request(topicFrame("topic_create").put("name", "theirs"))
                .path("topic")
                .path("id")
                .asText();

        JsonNode ack = alice.sendMessage("#" + foreign, "eA==");

        assertThat(ack.path("queued").asBoolean()).isFalse();
        assertThat(ack.path("messageId").asText()).isEmpty();
        assertThat(history(eve, "theirs")).isEmpty();
    }

    @Test
    void history_pagesBackwardsWithoutOverlapAndLimitsAreBroughtIntoBounds() {
        for (int i = 0; i < 5; i++) {
            alice.sendMessage("#general", "cG9z" + i);
        }

        JsonNode newest = bob.request(topicFrame("topic_history", "general").put("limit", 2));
        JsonNode older = bob.request(topicFrame("topic_history", "general")
                .put("limit", 3)
                .put("beforeId", newest.path("messages").path(1).path("id").asText()));

        assertThat(ciphertexts(newest.path("messages"))).containsExactly("cG9z4", "cG9z3");
        assertThat(ciphertexts(older.path("messages"))).containsExactly("cG9z2", "cG9z1", "cG9z0");
        assertThat(bob.request(topicFrame("topic_history", "general").put("limit", 0))
                        .path("messages"))
                .hasSize(1);
        assertThat(bob.request(topicFrame("topic_history", "general").put("limit", 100_000))
                        .path("messages"))
                .hasSize(5);
    }

    @Test
    void privateTopic_isThereForItsMembersOnly() {
        String id = alice.request(
                        topicFrame("topic_create").put("name", "secret").put("visibility", "private"))
                .path("topic")
                .path("id")
                .asText();
        alice.sendMessage("#secret", "c2VjcmV0");

        assertThat(bob.request(topicFrame("topic_list")).path("topics")).hasSize(1);
        assertThat(bob.request(topicFrame("topic_history", id)).path("code").asText())
                .isEqualTo("topic_not_found");
        assertThat(bob.sendMessage("#" + id, "eA==").path("error").asText()).startsWith("topic_not_found");

        JsonNode invited = alice.request(topicFrame("topic_invite", "secret")
                .put("member", mesh.member(2).publicKey()));

        assertThat(invited.path("type").asText()).isEqualTo("ack");
        assertThat(ciphertexts(history(bob, "secret"))).containsExactly("c2VjcmV0");
        alice.sendMessage("#secret", "bmV3cw==");
        assertThat(bob.nextMessage().path("ciphertext").asText()).isEqualTo("bmV3cw==");
    }

    @Test
    void severalPost_everybodySeesTheSameOrderAlsoWhoWasAway() {
        RawPeer reader = connect(0);
        for (int i = 0; i < 8; i++) {
            alice.send(RawPeer.message("#general", "YQ=" + i).put("id", "a" + i));
            bob.send(RawPeer.message("#general", "Yg=" + i).put("id", "b" + i));
        }
        for (int i = 0; i < 8; i++) {
            String number = Integer.toString(i);
            alice.next(frame -> frame.path("id").asText().equals("a" + number));
            bob.next(frame -> frame.path("id").asText().equals("b" + number));
        }

        List<String> order = new ArrayList<>(ciphertexts(history(alice, "general")));
        Collections.reverse(order);

        assertThat(order).hasSize(16).doesNotHaveDuplicates();
        assertThat(next(reader, 16)).isEqualTo(order);
        RawPeer late = connect(3);
        assertThat(next(late, 16)).isEqualTo(order);
        assertThat(late.everythingSoFar()).noneMatch(frame -> frame.has("ciphertext") && !frame.has("event"));
    }

    @Test
    void banned_isInNoTopicAnyMoreAndTheKeyIsDueForRotation() {
        alice.request(topicFrame("topic_create").put("name", "deploys"));
        bob.send(topicFrame("topic_join", "deploys"));
        bob.request(topicFrame("topic_members", "deploys"));
        RawPeer admin = connect(0);

        admin.request(RawPeer.frame("ban").put("target", mesh.member(2).publicKey()));

        assertThat(alice.request(topicFrame("topic_members", "deploys")).path("members"))
                .hasSize(1);
        assertThat(StreamSupport.stream(
                                alice.request(topicFrame("topic_list"))
                                        .path("topics")
                                        .spliterator(),
                                false)
                        .filter(topic -> topic.path("name").asText().equals("deploys"))
                        .findFirst()
                        .orElseThrow()
                        .path("rotationDue")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void changes_moreThanAllowedInAMinute_areSlowedDownForThatMemberAlone() {
        for (int i = 0; i < 120; i++) {
            alice.send(topicFrame("topic_leave", "nothing"));
        }

        assertThat(alice.request(topicFrame("topic_leave", "nothing"))
                        .path("code")
                        .asText())
                .isEqualTo("rate_limited");
        assertThat(bob.request(topicFrame("topic_leave", "nothing"))
                        .path("code")
                        .asText())
                .isEqualTo("topic_not_found");
    }

    @Test
    void search_findsPostsThatTheServerCanRead() {
        alice.sendMessage("#general", "dGhlIHplYnJhIGlzIGdyZWVu");

        JsonNode found = bob.request(RawPeer.frame("topic_search").put("query", "zebra"));

        assertThat(ciphertexts(found.path("messages"))).containsExactly("dGhlIHplYnJhIGlzIGdyZWVu");
    }

    private static List<String> next(RawPeer peer, int count) {
        List<String> texts = new ArrayList<>();
        while (texts.size() < count) {
            texts.add(peer.nextMessage().path("ciphertext").asText());
        }
        return texts;
    }

    private static JsonNode history(RawPeer peer, String topic) {
        return peer.request(topicFrame("topic_history", topic)).path("messages");
    }

    private static List<String> ciphertexts(JsonNode messages) {
        return StreamSupport.stream(messages.spliterator(), false)
                .map(message -> message.path("ciphertext").asText())
                .toList();
    }

    private static ObjectNode topicFrame(String type) {
        return RawPeer.frame(type);
    }

    private static ObjectNode topicFrame(String type, String topic) {
        return RawPeer.frame(type).put("topic", topic);
    }
}
