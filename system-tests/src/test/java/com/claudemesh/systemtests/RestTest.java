package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.RestClient;
import com.claudemesh.systemtests.harness.RestClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The REST interface: keys and topics, and what each of them refuses. */
class RestTest extends RestScenario {
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

    private static List<String> reversed(List<String> list) {
        List<String> copy = new ArrayList<>(list);
        Collections.reverse(copy);
        return copy;
    }
}
