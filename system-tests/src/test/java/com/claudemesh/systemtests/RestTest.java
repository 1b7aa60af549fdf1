package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.Sealed;
import com.claudemesh.protocol.crypto.TopicKeys;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.RestClient;
import com.claudemesh.systemtests.harness.RestClient.Answer;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.ServerDatabase;
import com.claudemesh.systemtests.harness.SharedServer;
import com.claudemesh.systemtests.harness.SseReader;
import com.claudemesh.systemtests.harness.TestMember;
import com.claudemesh.systemtests.harness.TestMesh;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The REST interface: keys, topics, streams, and what each of them refuses. */
class RestTest {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private static Server server;
    private static TestMesh mesh;
    private static RawPeer admin;
    private static RawPeer bob;
    private static RawPeer carol;

    private final String topic = "rest-" + NAMES.incrementAndGet();

    @BeforeAll
    static void start() {
        server = SharedServer.withDefaults();
        mesh = TestMesh.with(server, 12);
        admin = RawPeer.connect(server, mesh.member(0));
        bob = RawPeer.connect(server, mesh.member(1));
        carol = RawPeer.connect(server, mesh.member(2));
    }

    @AfterAll
    static void stop() {
        List.of(admin, bob, carol).forEach(RawPeer::close);
    }

    @Test
    void key_missingOrWrong_isRefusedWithTheEnvelope() {
        Answer wrong = new RestClient(server, "", "cm_" + "A".repeat(43)).get("/topics?x=1");
        Answer missing = new RestClient(server, "", "").get("/topics");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.error()).isEqualTo("error.api_key_invalid");
        assertThat(wrong.json().path("message").asText()).isEqualTo("error.api_key_invalid");
        assertThat(wrong.json().path("status").asInt()).isEqualTo(401);
        assertThat(wrong.json().path("path").asText()).isEqualTo("/api/v1/topics");
        assertThat(wrong.json().path("timestamp").asText()).matches("\\d{4}-.*\\.\\d{3}Z");
        assertThat(missing.error()).isEqualTo("error.api_key_missing");
    }

    @Test
    void key_withoutTheCapability_isRefused() {
        RestClient reader = key(admin, List.of("read"));
        RestClient sender = key(admin, List.of("send"));
        RestClient everything = key(admin, List.of("admin"));

        assertThat(reader.post("/messages", RestClient.message("general", "x")).error())
                .isEqualTo("error.api_key_missing_capability");
        assertThat(sender.get("/topics").error()).isEqualTo("error.api_key_missing_capability");
        assertThat(sender.get("/members").status()).isEqualTo(403);
        assertThat(everything.get("/topics").status()).isEqualTo(200);
    }

    @Test
    void key_outOfScope_isRefusedBeforeAnythingIsLookedUp() {
        create(admin, topic, "public");
        RestClient scoped = RestClient.made(server, admin, List.of("read", "send"), List.of("general"));

        for (String name : List.of(topic, "there-is-no-such")) {
            assertThat(scoped.get("/topics/" + name + "/messages").error())
                    .as(name)
                    .isEqualTo("error.api_key_topic_out_of_scope");
            assertThat(scoped.post("/messages", RestClient.message(name, "x")).status())
                    .isEqualTo(403);
            assertThat(scoped.stream(name, null).status()).isEqualTo(403);
        }
        assertThat(names(scoped.get("/topics").json().path("topics"), "name")).containsExactly("general");
        assertThat(scoped.get("/me/workspace").status()).isEqualTo(403);
    }

    @Test
    void key_revokedOrItsIssuerBanned_opensNothing() {
        RestClient revoked = key(admin, List.of("read"));
        admin.request(RawPeer.frame("apikey_revoke").put("id", revoked.id()));
        RestClient ofBanned;
        try (RawPeer dave = RawPeer.connect(server, mesh.member(3))) {
            ofBanned = key(dave, List.of("read"));
            assertThat(ofBanned.get("/topics").status()).isEqualTo(200);
        }
        admin.request(RawPeer.frame("ban").put("target", mesh.member(3).publicKey()));

        assertThat(revoked.get("/topics").error()).isEqualTo("error.api_key_invalid");
        assertThat(ofBanned.get("/topics").error()).isEqualTo("error.api_key_invalid");
    }

    @Test
    void key_moreThanItsRate_isToldWhenToComeBack() {
        RestClient client = key(admin, List.of("read"));
        assertThat(client.get("/topics").status()).isEqualTo(200);
        Answer last = client.get("/topics");
        for (int i = 0; i < 200 && last.status() == 200; i++) {
            last = client.get("/topics");
        }

        assertThat(last.status()).isEqualTo(429);
        assertThat(last.error()).isEqualTo("error.rate_limited");
        assertThat(Integer.parseInt(
                        last.response().headers().firstValue("Retry-After").orElseThrow()))
                .isPositive();
    }

    @Test
    void member_withoutOffice_makesOnlyBriefKeysForItself() {
        assertThat(key(bob, List.of("read", "send")).get("/members").status()).isEqualTo(200);

        ObjectNode endless = RawPeer.frame("apikey_create").put("label", "endless");
        endless.putArray("capabilities").add("read");

        assertThat(bob.request(endless).path("code").asText()).isEqualTo("forbidden");
    }

    @Test
    void post_toATopic_isPushedKeptAndAnswered() {
        create(admin, topic, "public");
        join(bob, topic);
        RestClient client = key(admin, List.of("read", "send"));
        String parent = client.says(topic, "hello");
        JsonNode push = pushOf(bob, parent);
        ObjectNode reply = RestClient.message(topic, "@x and so on").put("replyToId", parent);
        Answer answer = client.post("/messages", reply);

        assertThat(push.path("topic").asText()).isEqualTo(topic);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("historyId")).isEqualTo(answer.json().path("messageId"));
        assertThat(answer.json().path("topic").asText()).isEqualTo(topic);
        assertThat(answer.json().path("replyToId").asText()).isEqualTo(parent);
        assertThat(answer.json().path("bodyVersion").asInt()).isEqualTo(1);
        JsonNode newest = client.get("/topics/" + topic + "/messages")
                .json()
                .path("messages")
                .get(0);
        assertThat(newest.path("id")).isEqualTo(answer.json().path("messageId"));
        assertThat(newest.path("senderPubkey").asText())
                .isEqualTo(mesh.member(0).publicKey());
        assertThat(newest.path("ciphertext")).isEqualTo(reply.path("ciphertext"));
        assertThat(newest.path("createdAt").asText()).matches("\\d{4}-.*\\.\\d{3}Z");
    }

    @Test
    void history_pages_neitherOverlapNorMiss() {
        create(carol, topic, "public");
        RestClient client = key(carol, List.of("read", "send"));
        List<String> posted =
                IntStream.range(0, 5).mapToObj(i -> client.says(topic, "m" + i)).toList();
        List<String> backwards = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            JsonNode rows = client.get("/topics/" + topic + "/messages?limit=2" + cursor)
                    .json()
                    .path("messages");
            backwards.addAll(names(rows, "id"));
            cursor = "&before=" + backwards.get(backwards.size() - 1);
        }

        assertThat(backwards).containsExactlyElementsOf(reversed(posted));
        assertThat(names(
                        client.get("/topics/" + topic + "/messages?after=" + posted.get(2))
                                .json()
                                .path("messages"),
                        "id"))
                .containsExactlyElementsOf(posted.subList(3, 5));
        assertThat(client.get("/topics/" + topic + "/messages?limit=x")
                        .json()
                        .path("field")
                        .asText())
                .isEqualTo("limit");
    }

    @Test
    void unread_afterReading_isNothing() {
        create(admin, topic, "public");
        join(bob, topic);
        key(admin, List.of("send")).says(topic, "news");
        RestClient reader = key(bob, List.of("read"));
        assertThat(unread(reader, topic)).isEqualTo(1);

        Answer read = reader.patch("/topics/" + topic + "/read");

        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json().path("readAt").asText()).isNotEmpty();
        assertThat(unread(reader, topic)).isZero();
    }

    @Test
    void request_malformed_isRefusedAndNamesTheField() {
        RestClient client = key(admin, List.of("read", "send"));

        assertThat(client.post("/messages", "{}").json().path("field").asText()).isEqualTo("topic");
        assertThat(client.post("/messages", "{}").status()).isEqualTo(422);
        assertThat(client.post("/messages", "{\"topic\":").error()).isEqualTo("error.malformed_json");
        assertThat(client.post("/messages", "[]").status()).isEqualTo(400);
        assertThat(client.post("/messages", RestClient.message("general", "x").put("priority", "soon"))
                        .json()
                        .path("field")
                        .asText())
                .isEqualTo("priority");
        assertThat(client.post("/messages", RestClient.message("general", "x".repeat(60_000)))
                        .error())
                .isEqualTo("error.payload_too_large");
        assertThat(client.post("/messages", "x".repeat(100_000)).status()).isEqualTo(413);
        assertThat(client.post("/messages", "a=b", "Content-Type", "application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(403);
        assertThat(client.post("/messages", RestClient.message("nowhere", "x")).error())
                .isEqualTo("topic_not_found");
        Answer unknown = client.get("/state");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.response().body()).isEqualTo("404 Not Found");
    }

    @Test
    void privateTopic_forOthers_doesNotExist() {
        create(bob, topic, "private");
        RestClient inside = key(bob, List.of("read", "send"));
        RestClient outside = key(carol, List.of("read", "send"));
        inside.says(topic, "between us");

        assertThat(names(inside.get("/topics").json().path("topics"), "name")).contains(topic);
        assertThat(names(outside.get("/topics").json().path("topics"), "name")).doesNotContain(topic);
        for (String path : List.of("/messages", "/key", "/pending-seals")) {
            Answer hidden = outside.get("/topics/" + topic + path);
            assertThat(hidden.status()).as(path).isEqualTo(404);
            assertThat(hidden.response().body())
                    .isEqualTo(outside.get("/topics/no-such-topic" + path)
                            .response()
                            .body()
                            .replace("no-such-topic", topic));
        }
        assertThat(outside.patch("/topics/" + topic + "/read").error()).isEqualTo("topic_not_found");
        assertThat(outside.post("/messages", RestClient.message(topic, "x")).error())
                .isEqualTo("topic_not_found");
        assertThat(outside.stream(topic, null).status()).isEqualTo(404);
    }

    @Test
    void observer_posting_isRefused() {
        create(admin, topic, "public");
        admin.request(RawPeer.frame("topic_invite")
                .put("topic", topic)
                .put("member", mesh.member(2).memberId())
                .put("role", "observer"));

        Answer refused = key(carol, List.of("send")).post("/messages", RestClient.message(topic, "x"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error()).isEqualTo("topic_read_only");
    }

    @Test
    void idempotencyKey_sameRequest_hasOneEffectAndOneAnswer() {
        create(carol, topic, "public");
        RestClient client = key(carol, List.of("read", "send"));
        ObjectNode message = RestClient.message(topic, "once");

        List<CompletableFuture<Answer>> atOnce = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> client.post("/messages", message, "Idempotency-Key", topic)))
                .toList();
        List<Answer> answers = atOnce.stream().map(CompletableFuture::join).toList();
        Answer again = client.post("/messages", message, "Idempotency-Key", topic);

        assertThat(answers).extracting(Answer::status).containsAnyOf(200).isSubsetOf(200, 409);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.response().headers().firstValue("Idempotency-Replayed"))
                .contains("true");
        JsonNode kept = client.get("/topics/" + topic + "/messages").json().path("messages");
        assertThat(kept).hasSize(1);
        assertThat(again.json().path("messageId")).isEqualTo(kept.get(0).path("id"));
        Answer other = client.post("/messages", RestClient.message(topic, "twice"), "Idempotency-Key", topic);
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.error()).isEqualTo("error.idempotency_key_reused");
        assertThat(client.post("/messages", message, "Idempotency-Key", "a b").error())
                .isEqualTo("error.invalid_idempotency_key");
    }

    @Test
    void stream_reconnectedWithTheLastId_goesOnWithoutGapOrRepetition() {
        create(bob, topic, "public");
        RestClient client = key(bob, List.of("read", "send"));
        client.says(topic, "before");
        String first;
        String second;
        try (SseReader reader = client.stream(topic, null)) {
            assertThat(reader.status()).isEqualTo(200);
            assertThat(reader.header("Content-Type")).startsWith("text/event-stream");
            assertThat(reader.header("Cache-Control")).isEqualTo("no-cache");
            SseReader.Event ready = reader.next("ready");
            assertThat(ready.json().path("topic").asText()).isEqualTo(topic);
            assertThat(ready.json().path("resumed").asBoolean()).isFalse();
            first = client.says(topic, "one");
            second = client.says(topic, "two");
            assertThat(reader.nextMessages(2)).containsExactly(first, second);
        }
        String third = client.says(topic, "three");

        try (SseReader reader = client.stream(topic, first)) {
            assertThat(reader.next("ready").json().path("resumed").asBoolean()).isTrue();
            String fourth = client.says(topic, "four");
            assertThat(reader.nextMessages(3)).containsExactly(second, third, fourth);
        }
    }

    @Test
    void stream_reconnectedBeforeAnythingWasPosted_missesNothing() {
        create(admin, topic, "public");
        RestClient client = key(admin, List.of("read", "send"));
        String place;
        try (SseReader reader = client.stream(topic, null)) {
            place = reader.next("ready").id();
        }
        String missed = client.says(topic, "while nobody was reading");

        try (SseReader reader = client.stream(topic, place)) {
            assertThat(reader.next("message").id()).isEqualTo(missed);
        }
    }

    @Test
    void stream_keyRevoked_ends() {
        RestClient client = key(admin, List.of("read"));
        try (SseReader reader = client.stream("general", null)) {
            reader.next("ready");

            admin.request(RawPeer.frame("apikey_revoke").put("id", client.id()));

            assertThat(reader.next("end").json().path("reason").asText()).isEqualTo("key_invalid");
            reader.awaitEnd();
        }
        assertThat(client.stream("general", null).status()).isEqualTo(401);
    }

    @Test
    void stream_topicArchivedOrIssuerBanned_ends() {
        create(admin, topic, "public");
        try (RawPeer erin = RawPeer.connect(server, mesh.member(4));
                SseReader ofAdmin = key(admin, List.of("read")).stream(topic, null);
                SseReader ofErin = key(erin, List.of("read")).stream("general", null)) {
            ofAdmin.next("ready");
            ofErin.next("ready");

            admin.request(RawPeer.frame("topic_archive").put("topic", topic));
            admin.request(RawPeer.frame("ban").put("target", mesh.member(4).publicKey()));

            assertThat(ofAdmin.next("end").json().path("reason").asText()).isEqualTo("topic_closed");
            ofErin.next("end");
            ofErin.awaitEnd();
        }
    }

    @Test
    void stream_moreThanAKeyMayHave_isRefused() {
        RestClient client = key(admin, List.of("read"));
        List<SseReader> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                readers.add(client.stream("general", null));
                readers.get(i).next("ready");
            }

            SseReader refused = client.stream("general", null);

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isNotEmpty();
        } finally {
            readers.forEach(SseReader::close);
        }
    }

    @Test
    void topicKeys_claimedSharedAndFetched_openForMembersOnly() {
        TestMember alice = mesh.member(5);
        TestMember frank = mesh.member(6);
        try (RawPeer aliceOnline = RawPeer.connect(server, alice);
                RawPeer frankOnline = RawPeer.connect(server, frank)) {
            create(aliceOnline, topic, "public");
            join(frankOnline, topic);
            RestClient ofAlice = key(aliceOnline, List.of("read", "send"));
            RestClient ofFrank = key(frankOnline, List.of("read", "send"));
            JsonNode copy = ofAlice.get("/topics/" + topic + "/key").json();
            byte[] key = open(copy, alice);

            assertThat(copy.path("keyEpoch").asInt()).isEqualTo(1);
            assertThat(ofFrank.get("/topics/" + topic + "/key").error()).isEqualTo("key_not_sealed_for_member");
            JsonNode pending =
                    ofAlice.get("/topics/" + topic + "/pending-seals").json();
            assertThat(names(pending.path("pending"), "memberId")).containsExactly(frank.memberId());
            ObjectNode seal = seal(key, frank, alice);
            assertThat(ofAlice.post("/topics/" + topic + "/seal", "{}")
                            .json()
                            .path("field")
                            .asText())
                    .isEqualTo("memberId");
            assertThat(ofAlice.post(
                                    "/topics/" + topic + "/seal",
                                    seal.deepCopy().put("encryptedKey", "AAAA"))
                            .status())
                    .isEqualTo(400);
            Answer sealed = ofAlice.post("/topics/" + topic + "/seal", seal);
            assertThat(sealed.status()).as(sealed.response().body()).isEqualTo(200);
            JsonNode franks = ofFrank.get("/topics/" + topic + "/key").json();
            assertThat(open(franks, frank)).isEqualTo(key);
            assertThat(franks.path("sealedByMemberId").asText()).isEqualTo(alice.memberId());
            assertThat(ofAlice.post("/topics/" + topic + "/seal", seal).error()).isEqualTo("already_sealed");
            assertThat(ofFrank.post("/topics/" + topic + "/claim-key", claim(frank))
                            .error())
                    .isEqualTo("already_encrypted");
        }
    }

    @Test
    void topicKey_ofATopicWithout_isClaimedOnce() {
        TestMesh other = TestMesh.with(server, 1);
        TestMember alone = other.member(0);
        try (RawPeer online = RawPeer.connect(server, alone)) {
            RestClient client = key(online, List.of("read", "send"));
            assertThat(client.get("/topics/general/key").error()).isEqualTo("topic_unencrypted");
            assertThat(client.get("/topics/general/pending-seals").json().path("pending"))
                    .isEmpty();
            ObjectNode claim = claim(alone);
            assertThat(client.post("/topics/general/claim-key", claim.deepCopy().put("encryptedKeyPubkey", "x"))
                            .json()
                            .path("field")
                            .asText())
                    .isEqualTo("encryptedKeyPubkey");

            Answer claimed = client.post("/topics/general/claim-key", claim);

            assertThat(claimed.status()).as(claimed.response().body()).isEqualTo(200);
            assertThat(claimed.json().path("claimed").asBoolean()).isTrue();
            assertThat(client.get("/topics/general/key").status()).isEqualTo(200);
            assertThat(client.post("/topics/general/claim-key", claim(alone)).status())
                    .isEqualTo(409);
        }
    }

    @Test
    void people_areListedWithWhatTheyDo() {
        RestClient client = key(admin, List.of("read"));
        JsonNode members = client.get("/members").json().path("members");
        JsonNode offline = find(members, "memberId", mesh.member(11).memberId());
        JsonNode online = find(members, "memberId", mesh.member(1).memberId());

        assertThat(offline.path("online").asBoolean()).isFalse();
        assertThat(offline.path("status").asText()).isEqualTo("offline");
        assertThat(offline.path("isHuman").asBoolean()).isFalse();
        assertThat(online.path("online").asBoolean()).isTrue();
        assertThat(online.path("status").asText()).isEqualTo("idle");
        JsonNode peers = client.get("/peers").json().path("peers");
        assertThat(find(peers, "pubkey", mesh.member(1).publicKey()).path("via").asText())
                .isEqualTo("ws");
    }

    @Test
    void peers_keyOfAMemberThatIsNotConnected_isListedAsRest() {
        RestClient client;
        try (RawPeer gone = RawPeer.connect(server, mesh.member(7))) {
            client = key(gone, List.of("read"));
        }

        JsonNode me = find(
                client.get("/peers").json().path("peers"),
                "pubkey",
                mesh.member(7).publicKey());

        assertThat(me.path("via").asText()).isIn("rest", "ws");
        assertThat(me.path("groups").isArray()).isTrue();
    }

    @Test
    void mentions_areListedAndMarkedRead() {
        TestMember grace = mesh.member(8);
        try (RawPeer online = RawPeer.connect(server, grace)) {
            RestClient reader = key(online, List.of("read"));
            ObjectNode message = RestClient.message("general", "for you");
            message.putArray("mentions").add(grace.displayName().toLowerCase(Locale.ROOT));
            Answer posted = key(admin, List.of("send")).post("/messages", message);
            assertThat(posted.json().path("notifications").asInt()).isEqualTo(1);
            JsonNode listed = reader.get("/notifications?unread=1").json();
            JsonNode notice = listed.path("notifications").get(0);

            assertThat(notice.path("id")).isEqualTo(posted.json().path("messageId"));
            assertThat(notice.path("topicName").asText()).isEqualTo("general");
            assertThat(listed.path("mentionedAs").asText()).isEqualTo(grace.displayName());
            assertThat(reader.get("/notifications?since=yesterday").error()).isEqualTo("invalid_since");
            ObjectNode ids = Json.mapper().createObjectNode();
            ids.putArray("ids").add(notice.path("notificationId").asText());
            assertThat(reader.post("/notifications/read", ids)
                            .json()
                            .path("marked")
                            .asInt())
                    .isEqualTo(1);
            assertThat(reader.get("/notifications?unread=1").json().path("notifications"))
                    .isEmpty();
            assertThat(reader.post("/notifications/read", "{\"all\":true}")
                            .json()
                            .path("marked")
                            .asText())
                    .isEqualTo("all");
            assertThat(reader.post("/notifications/read", "{}").status()).isEqualTo(422);
            assertThat(reader.post("/notifications/read", "{\"all\":true,\"before\":\"x\"}")
                            .error())
                    .isEqualTo("invalid_before");
        }
    }

    @Test
    void me_memberOfAnAccount_seesItsMeshes() {
        TestMember heidi = mesh.member(9);
        new ServerDatabase(server)
                .execute(
                        "WITH a AS (INSERT INTO public.account (id, name, email, email_verified, role, created_at) VALUES"
                                + " ('rest-account', 'Heidi', 'heidi@rest.example', true, 'user', now()) RETURNING id)"
                                + " UPDATE mesh.member SET account_id = 'rest-account' WHERE id = '" + heidi.memberId()
                                + "'");
        // What was changed behind the server's back is seen with the next change of the mesh.
        admin.request(RawPeer.frame("ban").put("target", mesh.member(10).publicKey()));
        try (RawPeer online = RawPeer.connect(server, heidi)) {
            RestClient client = key(online, List.of("read"));
            JsonNode workspace = client.get("/me/workspace").json();
            assertThat(workspace.path("userId").asText()).isEqualTo("rest-account");
            assertThat(workspace.path("meshes").get(0).path("meshId").asText()).isEqualTo(mesh.meshId());
            assertThat(workspace.path("totals").path("meshes").asInt()).isEqualTo(1);
            key(bob, List.of("send")).says("general", "something to search for: zebra" + topic);

            assertThat(names(client.get("/me/topics").json().path("topics"), "name"))
                    .contains("general");
            JsonNode latest = client.get("/me/activity").json().path("activity").get(0);
            assertThat(latest.path("senderMemberId").asText()).isNotEqualTo(heidi.memberId());
            JsonNode found = client.get("/me/search?q=zebra" + topic).json();
            assertThat(found.path("messages").get(0).path("snippet").asText()).contains("zebra");
            assertThat(client.get("/me/search?q=z")
                            .json()
                            .path("totals")
                            .path("messages")
                            .asInt())
                    .isZero();
            assertThat(client.get("/me/notifications?include=all")
                            .json()
                            .path("totals")
                            .has("unread"))
                    .isTrue();
        }
        assertThat(key(admin, List.of("read")).get("/me/workspace").error()).isEqualTo("issuer_member_has_no_user");
    }

    @Test
    void openApi_document_isServedAndLinked() throws Exception {
        HttpResponse<String> document = server.get("/api/v1/openapi.json");

        assertThat(Json.mapper().readTree(document.body()).path("openapi").asText())
                .startsWith("3.");
        assertThat(server.get("/").body()).contains("/api/v1/openapi.json");
        assertThat(document.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    }

    private static RestClient key(RawPeer issuer, List<String> capabilities) {
        return RestClient.made(server, issuer, capabilities, null);
    }

    private static void create(RawPeer creator, String name, String visibility) {
        JsonNode made =
                creator.request(RawPeer.frame("topic_create").put("name", name).put("visibility", visibility));
        assertThat(made.path("type").asText()).as(made.toString()).isEqualTo("topic_created");
    }

    private static void join(RawPeer member, String name) {
        member.send(RawPeer.frame("topic_join").put("topic", name));
        member.request(RawPeer.frame("topic_members").put("topic", name));
    }

    private static JsonNode pushOf(RawPeer peer, String messageId) {
        return peer.next(frame -> frame.path("type").asText().equals("push")
                && frame.path("messageId").asText().equals(messageId));
    }

    private static int unread(RestClient client, String topic) {
        return find(client.get("/topics").json().path("topics"), "name", topic)
                .path("unread")
                .asInt();
    }

    private static JsonNode find(JsonNode rows, String field, String value) {
        for (JsonNode row : rows) {
            if (row.path(field).asText().equals(value)) {
                return row;
            }
        }
        throw new AssertionError("no " + field + " " + value + " in " + rows);
    }

    private static List<String> names(JsonNode rows, String field) {
        List<String> names = new ArrayList<>();
        rows.forEach(row -> names.add(row.path(field).asText()));
        return names;
    }

    private static List<String> reversed(List<String> list) {
        List<String> copy = new ArrayList<>(list);
        Collections.reverse(copy);
        return copy;
    }

    private static byte[] open(JsonNode copy, TestMember member) {
        return TopicKeys.open(
                        new Sealed(
                                copy.path("nonce").asText(),
                                copy.path("encryptedKey").asText()),
                        member.secretKey(),
                        null)
                .orElseThrow()
                .key();
    }

    private static BoxKeyPair box(TestMember member) {
        return BoxKeyPair.ofIdentity(member.secretKey());
    }

    private static ObjectNode seal(byte[] key, TestMember recipient, TestMember sealer) {
        Sealed sealed = TopicKeys.seal(key, recipient.publicKey(), box(sealer));
        return Json.mapper()
                .createObjectNode()
                .put("memberId", recipient.memberId())
                .put("encryptedKey", sealed.ciphertext())
                .put("nonce", sealed.nonce());
    }

    private static ObjectNode claim(TestMember claimer) {
        Sealed sealed = TopicKeys.seal(TopicKeys.generate(), claimer.publicKey(), box(claimer));
        return Json.mapper()
                .createObjectNode()
                .put("encryptedKeyPubkey", claimer.publicKey())
                .put("encryptedKey", sealed.ciphertext())
                .put("nonce", sealed.nonce());
    }
}
