package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.MemberKeyText;
import com.claudemesh.protocol.crypto.Signatures;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.RestClient;
import com.claudemesh.systemtests.harness.RestClient.Answer;
import com.claudemesh.systemtests.harness.ServerDatabase;
import com.claudemesh.systemtests.harness.TestMember;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Members, peers, mentions and a person's own view over REST, and the document that describes it. */
class RestPeopleTest extends RestScenario {
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
    void peerPubkey_isReplacedForABrowserAndNotForWhoeverHasConnected() {
        TestMember ivan = mesh.member(5);
        SigningKeyPair pair = SigningKeyPair.generate();
        ServerDatabase database = new ServerDatabase(server);
        database.execute(
                "WITH a AS (INSERT INTO public.account (id, name, email, email_verified, role, created_at) VALUES"
                        + " ('key-account', 'Ivan', 'ivan@rest.example', true, 'user', now()) RETURNING id)"
                        + " UPDATE mesh.member SET account_id = 'key-account' WHERE id = '" + ivan.memberId() + "'");
        RestClient client;
        try (RawPeer online = RawPeer.connect(server, ivan)) {
            client = RestClient.made(server, online, List.of("read"), List.of("general"));
        }
        assertThat(client.post("/me/peer-pubkey", "{\"pubkey\":\"" + pair.publicHex() + "\"}")
                        .json()
                        .path("field")
                        .asText())
                .isEqualTo("timestamp");
        Answer refused = client.post("/me/peer-pubkey", keyProof(ivan, pair));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.error()).isEqualTo("not_web_member");

        // Nobody mints keys for browsers yet: this one has to have connected to get one.
        database.execute("UPDATE mesh.member SET has_connected = false WHERE id = '" + ivan.memberId() + "'");
        Answer replaced = client.post("/me/peer-pubkey", keyProof(ivan, pair));

        assertThat(replaced.json().path("changed").asBoolean())
                .as(replaced.response().body())
                .isTrue();
        assertThat(replaced.json().path("pubkey").asText()).isEqualTo(pair.publicHex());
        try (RawPeer former = RawPeer.open(server)) {
            former.send(ivan.hello());
            assertThat(former.awaitClose().code()).isEqualTo(1008);
        }
        RawPeer.connect(
                        server,
                        new TestMember(
                                ivan.meshId(), ivan.memberId(), pair.publicHex(), pair.secretHex(), ivan.displayName()))
                .close();
        assertThat(client.post("/me/peer-pubkey", keyProof(ivan, SigningKeyPair.generate()))
                        .error())
                .isEqualTo("not_web_member");
    }

    private static ObjectNode keyProof(TestMember member, SigningKeyPair pair) {
        long now = System.currentTimeMillis();
        String text = MemberKeyText.canonical(member.meshId(), member.memberId(), pair.publicHex(), now);
        return Json.mapper()
                .createObjectNode()
                .put("pubkey", pair.publicHex())
                .put("timestamp", now)
                .put("signature", Signatures.sign(text, pair.secretHex()));
    }

    @Test
    void openApi_document_isServedAndLinked() throws Exception {
        HttpResponse<String> document = server.get("/api/v1/openapi.json");

        assertThat(Json.mapper().readTree(document.body()).path("openapi").asText())
                .startsWith("3.");
        assertThat(server.get("/").body()).contains("/api/v1/openapi.json");
        assertThat(document.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    }

    private static JsonNode find(JsonNode rows, String field, String value) {
        for (JsonNode row : rows) {
            if (row.path(field).asText().equals(value)) {
                return row;
            }
        }
        throw new AssertionError("no " + field + " " + value + " in " + rows);
    }
}
