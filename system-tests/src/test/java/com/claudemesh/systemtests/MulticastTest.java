package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.SharedServer;
import com.claudemesh.systemtests.harness.TestMember;
import com.claudemesh.systemtests.harness.TestMesh;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Messages to everybody and to groups: who gets them, who does not, and what the sender can ask about them. */
@ResourceLock(SharedServer.DEFAULTS)
class MulticastTest {
    private TestMesh mesh;
    private RawPeer alice;

    @BeforeEach
    void connect() {
        mesh = TestMesh.with(SharedServer.withDefaults(), 4);
        alice = RawPeer.connect(mesh.server(), mesh.member(0));
    }

    @Test
    void send_toEverybody_reachesEveryConnectionButTheSendingOne() {
        RawPeer bob = RawPeer.connect(mesh.server(), mesh.member(1));
        RawPeer sibling = RawPeer.connect(mesh.server(), mesh.member(0));

        JsonNode ack = alice.sendMessage("*", "dG8gYWxs");

        assertThat(ack.path("queued").asBoolean()).isTrue();
        assertThat(bob.nextMessage().path("messageId")).isEqualTo(ack.path("messageId"));
        assertThat(sibling.nextMessage().path("ciphertext").asText()).isEqualTo("dG8gYWxs");
        assertThat(messages(alice.everythingSoFar())).isEmpty();
    }

    @Test
    void send_toEverybody_reachesBusyPeersAndMembersOnTheirReturn() {
        RawPeer bob = RawPeer.connect(mesh.server(), mesh.member(1));
        bob.send(RawPeer.frame("set_status").put("status", "dnd"));
        bob.request(RawPeer.frame("list_peers"));

        alice.sendMessage("@all", "Yg==");

        assertThat(bob.nextMessage().path("ciphertext").asText()).isEqualTo("Yg==");
        RawPeer late = RawPeer.connect(mesh.server(), mesh.member(2));
        assertThat(late.nextMessage().path("ciphertext").asText()).isEqualTo("Yg==");
    }

    @Test
    void send_toAGroup_reachesPeersInItAndBelowOnly() {
        RawPeer below = inGroup(mesh.member(1), "ops/night");
        RawPeer similar = inGroup(mesh.member(2), "opsroom");

        alice.sendMessage("@ops", "Z3JvdXA=");
        alice.sendMessage(mesh.member(2).publicKey(), "ZGlyZWN0");

        assertThat(below.nextMessage().path("ciphertext").asText()).isEqualTo("Z3JvdXA=");
        assertThat(similar.nextMessage().path("ciphertext").asText()).isEqualTo("ZGlyZWN0");
    }

    @Test
    void send_toAHiddenPeer_directArrivesMulticastDoesNot() {
        RawPeer bob = RawPeer.connect(mesh.server(), mesh.member(1));
        bob.request(RawPeer.frame("set_visible").put("visible", false));

        alice.sendMessage("*", "bWFueQ==");
        alice.sendMessage(mesh.member(1).publicKey(), "b25l");

        assertThat(bob.nextMessage().path("ciphertext").asText()).isEqualTo("b25l");
    }

    @Test
    void send_nextToAWorkingPeer_isHeldUntilItIsIdleAgain() {
        RawPeer bob = RawPeer.connect(mesh.server(), mesh.member(1));
        bob.send(RawPeer.frame("set_status").put("status", "working"));
        bob.request(RawPeer.frame("list_peers"));
        String key = mesh.member(1).publicKey();

        JsonNode held = send(key, "next", "MQ==");
        send(key, "low", "Mg==");
        send(key, "now", "bm93");

        assertThat(bob.nextMessage().path("ciphertext").asText()).isEqualTo("bm93");
        JsonNode status = alice.request(RawPeer.frame("message_status")
                .put("messageId", held.path("messageId").asText()));
        assertThat(status.path("delivered").asBoolean()).isFalse();
        assertThat(status.path("recipients").path(0).path("status").asText()).isEqualTo("held");
        bob.send(RawPeer.frame("set_status").put("status", "idle"));
        assertThat(bob.nextMessage().path("ciphertext").asText()).isEqualTo("MQ==");
        assertThat(bob.nextMessage().path("ciphertext").asText()).isEqualTo("Mg==");
    }

    @Test
    void deadLetters_askedByAMember_areForbidden() {
        RawPeer bob = RawPeer.connect(mesh.server(), mesh.member(1));

        assertThat(bob.request(RawPeer.frame("list_dead_letters")).path("code").asText())
                .isEqualTo("forbidden");
        assertThat(alice.request(RawPeer.frame("list_dead_letters"))
                        .path("type")
                        .asText())
                .isEqualTo("dead_letters_result");
    }

    private JsonNode send(String target, String priority, String ciphertext) {
        ObjectNode frame =
                RawPeer.message(target, ciphertext).put("priority", priority).put("id", ciphertext);
        alice.send(frame);
        return alice.next(reply -> reply.path("id").asText().equals(ciphertext));
    }

    private RawPeer inGroup(TestMember member, String group) {
        ObjectNode hello = member.hello();
        hello.putArray("groups").addObject().put("name", group);
        return RawPeer.connect(mesh.server(), hello);
    }

    private static List<JsonNode> messages(List<JsonNode> frames) {
        return frames.stream()
                .filter(frame -> frame.path("type").asText().equals("push") && !frame.has("event"))
                .toList();
    }
}
