package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.audit.AuditChain;
import com.claudemesh.protocol.crypto.audit.AuditEntry;
import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.ServerDatabase;
import com.claudemesh.systemtests.harness.SharedServer;
import com.claudemesh.systemtests.harness.TestMember;
import com.claudemesh.systemtests.harness.TestMesh;
import com.claudemesh.systemtests.harness.Waiting;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The record of events: wire protocol §2.23 and §8 item 57, crypto formats §16. */
@ResourceLock(SharedServer.DEFAULTS)
class AuditTest {
    private static Server server;
    private TestMember owner;
    private TestMember bob;
    private RawPeer admin;

    @BeforeAll
    static void start() {
        server = SharedServer.withDefaults();
    }

    @BeforeEach
    void provision() {
        TestMesh mesh = TestMesh.with(server, 2);
        owner = mesh.member(0);
        bob = mesh.member(1);
        admin = RawPeer.connect(server, owner);
    }

    @AfterEach
    void leave() {
        admin.close();
    }

    @Test
    void auditQuery_joinSendLeave_areListedNewestFirstWithoutContent() {
        RawPeer peer = RawPeer.connect(server, bob.hello().put("displayName", "bob at work"));
        admin.sendMessage(bob.publicKey(), "c2VjcmV0");
        peer.nextMessage();
        peer.close();

        List<JsonNode> events = awaitNewest("peer_left");

        assertThat(events.subList(0, 3))
                .extracting(event -> event.path("eventType").asText())
                .containsExactly("peer_left", "message_sent", "peer_joined");
        assertThat(events.get(1).path("payload").toString())
                .isEqualTo("{\"priority\":\"now\",\"targetSpec\":\"" + bob.publicKey() + "\"}");
        assertThat(events.get(2).path("actor").asText()).isEqualTo("bob at work");
        assertThat(events.get(2).path("actorMemberId").asText()).isEqualTo(bob.memberId());
        assertThat(events.get(2).path("actorCurrentName").asText()).isEqualTo(bob.displayName());
        assertThat(events.get(2).path("payload").path("pubkey").asText()).isEqualTo(bob.publicKey());
        assertThat(events.get(2).path("id").isIntegralNumber()).isTrue();
        assertThat(events.toString()).doesNotContain("c2VjcmV0");
    }

    @Test
    void auditQuery_wholeLifeOfAMesh_isThere() {
        admin.request(RawPeer.frame("ban").put("target", bob.publicKey()));
        admin.request(RawPeer.frame("unban").put("target", bob.publicKey()));
        RawPeer.connect(server, bob);
        admin.request(RawPeer.frame("kick").put("target", bob.publicKey()));

        assertThat(awaitNewest("peer_left"))
                .extracting(event -> event.path("eventType").asText())
                .containsExactly(
                        "peer_left",
                        "member_kicked",
                        "peer_joined",
                        "member_unbanned",
                        "member_banned",
                        "peer_joined",
                        "member_joined",
                        "invite_created",
                        "mesh_created");
    }

    @Test
    void auditQuery_pagesAndTypes_areAnsweredExactly() {
        long all = admin.request(RawPeer.frame("audit_query")).path("total").asLong();
        JsonNode first = admin.request(RawPeer.frame("audit_query").put("limit", 1));
        JsonNode second =
                admin.request(RawPeer.frame("audit_query").put("limit", 1).put("offset", 1));
        JsonNode joins = admin.request(RawPeer.frame("audit_query").put("eventType", "peer_joined"));

        assertThat(first.path("entries")).hasSize(1);
        assertThat(first.path("total").asLong()).isEqualTo(all);
        assertThat(second.path("entries").get(0).path("hash"))
                .isEqualTo(first.path("entries").get(0).path("prevHash"));
        assertThat(joins.path("total").asLong()).isEqualTo(1);
        assertThat(admin.request(RawPeer.frame("audit_query").put("eventType", "no_such"))
                        .path("entries"))
                .isEmpty();
        assertThat(admin.request(RawPeer.frame("audit_query").put("limit", 0))
                        .path("code")
                        .asText())
                .isEqualTo("invalid_args");
    }

    @Test
    void auditVerify_manyAtOnce_areSlowedDown() {
        for (int i = 0; i < 300; i++) {
            admin.send(RawPeer.frame("audit_verify"));
        }

        assertThat(admin.next(frame -> frame.path("code").asText().equals("rate_limited"))
                        .path("message")
                        .asText())
                .contains("try again in");
        assertThat(admin.request(RawPeer.frame("list_peers")).path("type").asText())
                .isEqualTo("peers_list");
    }

    @Test
    void auditQuery_anotherMesh_seesOnlyItsOwn() {
        TestMember stranger = TestMesh.with(server, 1).member(0);
        try (RawPeer elsewhere = RawPeer.connect(server, stranger)) {
            JsonNode result = elsewhere.request(RawPeer.frame("audit_query").put("limit", 500));

            assertThat(result.toString()).doesNotContain(owner.memberId());
        }
    }

    @Test
    void auditResult_checkedByTheClientItself_isAChain() {
        admin.sendMessage(bob.publicKey(), "x");
        List<JsonNode> oldestFirst = new ArrayList<>(events());
        Collections.reverse(oldestFirst);

        AuditChain chain = new AuditChain();
        for (JsonNode event : oldestFirst) {
            AuditEntry entry = new AuditEntry(
                    owner.meshId(),
                    event.path("eventType").asText(),
                    event.path("actorMemberId").isTextual()
                            ? event.path("actorMemberId").asText()
                            : null,
                    event.path("payload"),
                    event.path("createdAt").asText());
            assertThat(chain.accept(
                            entry,
                            event.path("prevHash").asText(),
                            event.path("hash").asText()))
                    .as(event.toString())
                    .isTrue();
        }
    }

    @Test
    void auditVerify_untouched_isValid() {
        JsonNode verdict = admin.request(RawPeer.frame("audit_verify"));

        assertThat(verdict.path("type").asText()).isEqualTo("audit_verify_result");
        assertThat(verdict.path("valid").asBoolean()).isTrue();
        assertThat(verdict.path("entries").asLong()).isEqualTo(events().size());
        assertThat(verdict.has("brokenAt")).isFalse();
    }

    @Test
    void auditVerify_changedBehindTheServersBack_namesTheRow() {
        long victim = events().get(1).path("id").asLong();

        assertThat(new ServerDatabase(server)
                        .execute("UPDATE mesh.audit_log SET payload = '{\"slug\":\"other\"}' WHERE id = " + victim))
                .isEqualTo(1);

        JsonNode verdict = admin.request(RawPeer.frame("audit_verify"));
        assertThat(verdict.path("valid").asBoolean(true)).isFalse();
        assertThat(verdict.path("brokenAt").asLong()).isEqualTo(victim);
    }

    @Test
    void auditVerify_newestRowDeletedBehindTheServersBack_isNoticed() {
        List<JsonNode> before = events();

        new ServerDatabase(server)
                .execute("DELETE FROM mesh.audit_log WHERE id = "
                        + before.get(0).path("id").asLong());

        JsonNode verdict = admin.request(RawPeer.frame("audit_verify"));
        assertThat(verdict.path("valid").asBoolean(true)).isFalse();
        assertThat(verdict.path("brokenAt").asLong())
                .isEqualTo(before.get(1).path("id").asLong());
    }

    private List<JsonNode> events() {
        List<JsonNode> events = new ArrayList<>();
        admin.request(RawPeer.frame("audit_query").put("limit", 500))
                .path("entries")
                .forEach(events::add);
        return events;
    }

    /** A socket's end is recorded when the server has noticed it. */
    private List<JsonNode> awaitNewest(String eventType) {
        return Waiting.until("the newest event is " + eventType, Duration.ofSeconds(10), () -> {
            List<JsonNode> events = events();
            return events.get(0).path("eventType").asText().equals(eventType) ? events : null;
        });
    }
}
