package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.MemberRequestText;
import com.claudemesh.protocol.crypto.Signatures;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.systemtests.harness.AccountPerson;
import com.claudemesh.systemtests.harness.Browser;
import com.claudemesh.systemtests.harness.PopulatedMesh;
import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SignInServer;
import com.claudemesh.systemtests.harness.Waiting;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Members: their profiles, and how they go (HTTP §3.10, §7). */
@ResourceLock(SignInServer.NAME)
class MemberProfilesTest {
    private static Server server;
    private static PopulatedMesh all;

    @BeforeAll
    static void start() throws Exception {
        all = PopulatedMesh.shared();
        server = SignInServer.shared().server();
    }

    @Test
    void profileEdit_ownMember_reachesItsSessions() {
        AccountPerson bob = all.signedUp();
        SigningKeyPair key = SigningKeyPair.generate();
        String bobId = all.joins(bob, "member", key);
        try (RawPeer peer = RawPeer.connect(server, all.peer(bobId, key))) {
            JsonNode edited = Browser.json(bob.call(
                    "PATCH",
                    all.filled("/mesh/MESH/member/") + bobId,
                    "{\"displayName\":\"Robert\",\"groups\":[{\"name\":\"eng\",\"role\":\"lead\"}]}",
                    "X-Member-Id",
                    bobId));

            assertThat(edited.path("member").path("displayName").asText()).isEqualTo("Robert");
            assertThat(peer.nextEvent("profile_updated")
                            .path("eventData")
                            .path("displayName")
                            .asText())
                    .isEqualTo("Robert");
        }
    }

    /** What the stock {@code profile} command sends; allowed by the operator of this server. */
    @Test
    void profileEdit_bareMemberId_changesThatMembersOwnFieldsOnly() {
        String path = all.filled("/mesh/MESH/member/MEMBER");

        assertThat(anonymous("PATCH", path, "{\"roleTag\":\"stock\"}", "X-Member-Id", all.memberId))
                .isEqualTo(200);
        assertThat(anonymous("PATCH", path, "{\"permission\":\"admin\"}", "X-Member-Id", all.memberId))
                .isEqualTo(401);
        assertThat(anonymous("PATCH", path, "{\"roleTag\":\"x\"}", "X-Member-Id", all.ownerId))
                .isEqualTo(401);
        assertThat(anonymous(
                        "PATCH", all.filled("/mesh/MESH/settings"), "{\"v1Invites\":true}", "X-Member-Id", all.ownerId))
                .isEqualTo(401);
        assertThat(anonymous("PATCH", path, "{\"roleTag\":\"x\"}")).isEqualTo(401);
        JsonNode list = Browser.json(get(all.filled("/mesh/MESH/members")));
        assertThat(list.path("members").get(0).has("dashboardUserId")).isFalse();
    }

    @Test
    void profileEdit_signedByTheMembersKey_needsNoAccount() {
        String path = all.filled("/mesh/MESH/member/MEMBER");
        String body = "{\"roleTag\":\"signed\"}";
        String time = Long.toString(System.currentTimeMillis());
        String signature = Signatures.sign(
                MemberRequestText.canonical(
                        "PATCH", path, all.memberId, Long.parseLong(time), body.getBytes(StandardCharsets.UTF_8)),
                all.memberKey.secretHex());

        HttpResponse<String> answer = AccountPerson.anonymously(
                server,
                "PATCH",
                path,
                body,
                "X-Member-Id",
                all.memberId,
                "X-Member-Timestamp",
                time,
                "X-Member-Signature",
                signature);

        assertThat(Browser.json(answer).path("member").path("roleTag").asText()).isEqualTo("signed");
    }

    @Test
    void lists_members_tellWhenTheyWereLastSeen() {
        AccountPerson bob = all.signedUp();
        SigningKeyPair key = SigningKeyPair.generate();
        String bobId = all.joins(bob, "member", key);
        assertThat(lastSeen(bob, bobId)).isEqualTo("null");

        try (RawPeer peer = RawPeer.connect(server, all.peer(bobId, key))) {
            peer.request(RawPeer.frame("list_peers"));
        }

        // Seen when it came and when it went: the second may be stored between two questions.
        Waiting.until("both lists tell the same time", Duration.ofSeconds(10), () -> {
            String listed = lastSeen(bob, bobId);
            JsonNode details = bob.asks("GET", all.filled("/api/my/meshes/MESH"), "");
            return listed.startsWith("20")
                    && of(details.path("members"), bobId)
                            .path("lastSeenAt")
                            .asText()
                            .equals(listed);
        });
    }

    private static String lastSeen(AccountPerson asking, String memberId) {
        JsonNode list = asking.asks("GET", all.filled("/mesh/MESH/members"), "");
        return of(list.path("members"), memberId).path("lastSeenAt").asText();
    }

    private static JsonNode of(JsonNode members, String memberId) {
        for (JsonNode one : members) {
            if (one.path("id").asText().equals(memberId)) {
                return one;
            }
        }
        throw new AssertionError(memberId + " is not in " + members);
    }

    @Test
    void leave_member_isOutAndMayBeInvitedAgain() {
        AccountPerson bob = all.signedUp();
        SigningKeyPair key = SigningKeyPair.generate();
        String bobId = all.joins(bob, "member", key);
        try (RawPeer peer = RawPeer.connect(server, all.peer(bobId, key))) {
            assertThat(bob.asks("POST", all.filled("/api/my/meshes/MESH/leave"), "")
                            .path("id")
                            .asText())
                    .isEqualTo(bobId);
            assertThat(peer.awaitClose().code()).isEqualTo(4002);
        }
        assertThat(all.owner
                        .call("POST", all.filled("/api/my/meshes/MESH/leave"), "")
                        .statusCode())
                .isEqualTo(400);

        assertThat(all.joins(bob, "member", key)).isEqualTo(bobId);
    }

    @Test
    void revoke_member_isOutAndStaysOut() {
        AccountPerson bob = all.signedUp();
        SigningKeyPair key = SigningKeyPair.generate();
        String bobId = all.joins(bob, "member", key);
        String path = all.filled("/api/my/meshes/MESH/members/");
        assertThat(all.member.call("DELETE", path + bobId, "").statusCode()).isEqualTo(403);
        assertThat(all.stranger.call("DELETE", path + bobId, "").statusCode()).isEqualTo(404);
        assertThat(all.admin.call("DELETE", path + all.ownerId, "").statusCode())
                .isEqualTo(403);
        assertThat(all.admin.call("DELETE", path + all.adminId, "").statusCode())
                .isEqualTo(400);
        assertThat(all.admin.call("DELETE", path + all.foreignMemberId, "").statusCode())
                .isEqualTo(404);
        try (RawPeer peer = RawPeer.connect(server, all.peer(bobId, key))) {
            all.admin.asks("DELETE", path + bobId, "");

            assertThat(peer.awaitClose().code()).isEqualTo(4002);
        }
        assertThat(bob.asks("GET", "/cli/meshes", "").path("meshes")).isEmpty();
    }

    private static int anonymous(String method, String path, String body, String... headers) {
        return AccountPerson.anonymously(server, method, path, body, headers).statusCode();
    }

    private static HttpResponse<String> get(String path) {
        return AccountPerson.anonymously(server, "GET", path, "");
    }
}
