package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.SharedServer;
import com.claudemesh.systemtests.harness.TestMember;
import com.claudemesh.systemtests.harness.TestMesh;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Topics over the socket: wire protocol §2.4, §4.4, §8 items 41 and 42. */
@ResourceLock(SharedServer.DEFAULTS)
class TopicsTest {
    private static final int MEMBERS = 40;
    private static TestMesh mesh;
    /** Members are used by one test only: send limits are per member. The first one administers the mesh. */
    private static int used = 1;

    private TestMember alice;
    private TestMember bob;
    private RawPeer aliceHere;
    private RawPeer bobHere;

    @BeforeAll
    static void makeMesh() {
        mesh = TestMesh.with(SharedServer.withDefaults(), MEMBERS);
    }

    @BeforeEach
    void connectTwo() {
        alice = mesh.member(used++);
        bob = mesh.member(used++);
        aliceHere = connect(alice);
        bobHere = connect(bob);
    }

    private static RawPeer connect(TestMember member) {
        return RawPeer.connect(mesh.server(), member);
    }

    @Test
    void create_twice_isOneTopicWithItsFirstMakerAsLead() {
        JsonNode first = aliceHere.request(RawPeer.frame("topic_create").put("name", "twice"));
        JsonNode second = bobHere.request(RawPeer.frame("topic_create").put("name", "twice"));

        assertThat(first.path("created").asBoolean()).isTrue();
        assertThat(first.path("topic").path("visibility").asText()).isEqualTo("public");
        assertThat(second.path("created").asBoolean()).isFalse();
        assertThat(second.path("topic").path("id"))
                .isEqualTo(first.path("topic").path("id"));
        JsonNode members = aliceHere.request(about("topic_members", "twice")).path("members");
        assertThat(members).hasSize(2);
        assertThat(members)
                .filteredOn(member -> member.path("pubkey").asText().equals(alice.publicKey()))
                .extracting(member -> member.path("role").asText())
                .containsExactly("lead");
    }

    @Test
    void general_isThereForEverybody() {
        assertThat(listed(bobHere, "general").path("memberCount").asInt()).isGreaterThan(MEMBERS / 2);
        assertThat(listed(bobHere, "general").path("role").asText()).isEqualTo("member");
    }

    @Test
    void unknownTopic_isNotFoundInEveryFrame() {
        for (String type : List.of(
                "topic_join", "topic_leave", "topic_members", "topic_history", "topic_mark_read", "topic_archive")) {
            assertThat(aliceHere.request(about(type, "nothing")).path("code").asText())
                    .as(type)
                    .isEqualTo("topic_not_found");
        }
        assertThat(aliceHere.sendMessage("#nothing", "eA==").path("error").asText())
                .startsWith("topic_not_found");
    }

    @Test
    void post_byNameAndById_reachesSubscribersLiveAndNobodyElse() {
        String id = make(aliceHere, "deploys", "public");
        make(aliceHere, "others", "public");
        RawPeer sibling = connect(alice);
        RawPeer outside = connect(mesh.member(used++));
        join(bobHere, "deploys");
        join(outside, "others");

        JsonNode ack = aliceHere.sendMessage("#deploys", "b25l");
        aliceHere.sendMessage("#" + id, "dHdv");
        aliceHere.sendMessage("#others", "YWxs");

        JsonNode push = bobHere.nextMessage();
        assertThat(push.path("messageId")).isEqualTo(ack.path("messageId"));
        assertThat(push.path("topic").asText()).isEqualTo("deploys");
        assertThat(push.path("topicId").asText()).isEqualTo(id);
        assertThat(bobHere.nextMessage().path("ciphertext").asText()).isEqualTo("dHdv");
        assertThat(sibling.nextMessage().path("ciphertext").asText()).isEqualTo("b25l");
        assertThat(outside.nextMessage().path("ciphertext").asText()).isEqualTo("YWxs");
        assertThat(aliceHere.everythingSoFar())
                .noneMatch(frame -> frame.path("type").asText().equals("push") && !frame.has("event"));
        assertThat(ciphertexts(history(bobHere, "deploys"))).containsExactly("dHdv", "b25l");
    }

    @Test
    void post_toATopicOfAnotherMesh_isRefused() {
        TestMesh other = TestMesh.with(SharedServer.withDefaults(), 1);
        RawPeer eve = RawPeer.connect(other.server(), other.member(0));
        String foreign = make(eve, "theirs", "public");

        JsonNode ack = aliceHere.sendMessage("#" + foreign, "eA==");

        assertThat(ack.path("queued").asBoolean()).isFalse();
        assertThat(ack.path("messageId").asText()).isEmpty();
        assertThat(history(eve, "theirs")).isEmpty();
    }

    @Test
    void history_pagesBackwardsWithoutOverlapAndLimitsAreBroughtIntoBounds() {
        make(aliceHere, "pages", "public");
        for (int i = 0; i < 5; i++) {
            aliceHere.sendMessage("#pages", "cG9z" + i);
        }

        JsonNode newest = bobHere.request(about("topic_history", "pages").put("limit", 2));
        JsonNode older = bobHere.request(about("topic_history", "pages")
                .put("limit", 3)
                .put("beforeId", newest.path("messages").path(1).path("id").asText()));

        assertThat(ciphertexts(newest.path("messages"))).containsExactly("cG9z4", "cG9z3");
        assertThat(ciphertexts(older.path("messages"))).containsExactly("cG9z2", "cG9z1", "cG9z0");
        assertThat(bobHere.request(about("topic_history", "pages").put("limit", 0))
                        .path("messages"))
                .hasSize(1);
        assertThat(bobHere.request(about("topic_history", "pages").put("limit", 100_000))
                        .path("messages"))
                .hasSize(5);
    }

    @Test
    void privateTopic_isThereForItsMembersOnly() {
        String id = make(aliceHere, "secret", "private");
        aliceHere.sendMessage("#secret", "c2VjcmV0");

        assertThat(listed(bobHere, "secret").isMissingNode()).isTrue();
        assertThat(bobHere.request(about("topic_history", id)).path("code").asText())
                .isEqualTo("topic_not_found");
        assertThat(bobHere.sendMessage("#" + id, "eA==").path("error").asText()).startsWith("topic_not_found");

        JsonNode invited = aliceHere.request(about("topic_invite", "secret").put("member", bob.publicKey()));

        assertThat(invited.path("type").asText()).isEqualTo("ack");
        assertThat(ciphertexts(history(bobHere, "secret"))).containsExactly("c2VjcmV0");
        aliceHere.sendMessage("#secret", "bmV3cw==");
        assertThat(bobHere.nextMessage().path("ciphertext").asText()).isEqualTo("bmV3cw==");
    }

    @Test
    void severalPost_everybodySeesTheSameOrderAlsoWhoWasAway() {
        make(aliceHere, "busy", "public");
        RawPeer reader = connect(mesh.member(used++));
        TestMember away = mesh.member(used++);
        RawPeer awayForNow = connect(away);
        List.of(bobHere, reader, awayForNow).forEach(peer -> join(peer, "busy"));
        awayForNow.close();
        awayForNow.awaitClose();
        for (int i = 0; i < 8; i++) {
            aliceHere.send(RawPeer.message("#busy", "a" + i).put("id", "a" + i));
            bobHere.send(RawPeer.message("#busy", "b" + i).put("id", "b" + i));
        }
        for (int i = 0; i < 8; i++) {
            String number = Integer.toString(i);
            aliceHere.next(frame -> frame.path("id").asText().equals("a" + number));
            bobHere.next(frame -> frame.path("id").asText().equals("b" + number));
        }

        List<String> order = new ArrayList<>(ciphertexts(history(aliceHere, "busy")));
        Collections.reverse(order);

        assertThat(order).hasSize(16).doesNotHaveDuplicates();
        assertThat(next(reader, 16)).isEqualTo(order);
        RawPeer late = connect(away);
        assertThat(next(late, 16)).isEqualTo(order);
        assertThat(late.everythingSoFar())
                .noneMatch(frame -> frame.path("type").asText().equals("push") && !frame.has("event"));
    }

    @Test
    void banned_isInNoTopicAnyMoreAndTheKeyIsDueForRotation() {
        make(aliceHere, "guarded", "public");
        join(bobHere, "guarded");
        RawPeer admin = connect(mesh.member(0));

        admin.request(RawPeer.frame("ban").put("target", bob.publicKey()));

        assertThat(aliceHere.request(about("topic_members", "guarded")).path("members"))
                .hasSize(1);
        assertThat(listed(aliceHere, "guarded").path("rotationDue").asBoolean()).isTrue();
    }

    @Test
    void changes_moreThanAllowedInAMinute_areSlowedDownForThatMemberAlone() {
        for (int i = 0; i < 200; i++) {
            aliceHere.send(about("topic_leave", "nothing"));
        }

        assertThat(aliceHere.everythingSoFar())
                .anyMatch(frame -> frame.path("code").asText().equals("rate_limited"));
        assertThat(bobHere.request(about("topic_leave", "nothing")).path("code").asText())
                .isEqualTo("topic_not_found");
    }

    @Test
    void search_findsPostsThatTheServerCanRead() {
        make(aliceHere, "zoo", "public");
        aliceHere.sendMessage("#zoo", "dGhlIHplYnJhIGlzIGdyZWVu");

        JsonNode found = bobHere.request(RawPeer.frame("topic_search").put("query", "zebra"));

        assertThat(ciphertexts(found.path("messages"))).containsExactly("dGhlIHplYnJhIGlzIGdyZWVu");
    }

    /** Returns the id of a new topic. */
    private static String make(RawPeer maker, String name, String visibility) {
        return maker.request(RawPeer.frame("topic_create").put("name", name).put("visibility", visibility))
                .path("topic")
                .path("id")
                .asText();
    }

    /** Joining is silent; what is asked after it is answered after it. */
    private static void join(RawPeer peer, String topic) {
        peer.send(about("topic_join", topic));
        peer.request(about("topic_members", topic));
    }

    private static JsonNode listed(RawPeer peer, String name) {
        return StreamSupport.stream(
                        peer.request(RawPeer.frame("topic_list")).path("topics").spliterator(), false)
                .filter(topic -> topic.path("name").asText().equals(name))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static List<String> next(RawPeer peer, int count) {
        List<String> texts = new ArrayList<>();
        while (texts.size() < count) {
            texts.add(peer.nextMessage().path("ciphertext").asText());
        }
        return texts;
    }

    private static JsonNode history(RawPeer peer, String topic) {
        return peer.request(about("topic_history", topic)).path("messages");
    }

    private static List<String> ciphertexts(JsonNode messages) {
        return StreamSupport.stream(messages.spliterator(), false)
                .map(message -> message.path("ciphertext").asText())
                .toList();
    }

    private static ObjectNode about(String type, String topic) {
        return RawPeer.frame(type).put("topic", topic);
    }
}
