package com.claudemesh.messaging;

import static com.claudemesh.messaging.TestBroker.answer;
import static com.claudemesh.messaging.TestBroker.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.mesh.Grants;
import com.claudemesh.messaging.TestBroker.TestPeer;
import com.claudemesh.protocol.frame.Ack;
import com.claudemesh.protocol.frame.Capability;
import com.claudemesh.protocol.frame.ClientAck;
import com.claudemesh.protocol.frame.DeadLetters;
import com.claudemesh.protocol.frame.DeliveryState;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.ListDeadLetters;
import com.claudemesh.protocol.frame.MessageReceipts;
import com.claudemesh.protocol.frame.MessageStatus;
import com.claudemesh.protocol.frame.MessageStatusResult;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.Send;
import com.claudemesh.protocol.frame.ServerFrame;
import com.claudemesh.protocol.frame.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessagingEngineTest {
    private TestBroker broker;
    private TestPeer alice;

    @BeforeEach
    void start() {
        broker = new TestBroker();
        broker.member("alice");
        broker.member("bob");
        alice = broker.connect("alice", Capability.RECEIPTS);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void send_directToAConnectedMember_arrivesOnceAndIsSettled() {
        TestPeer bob = broker.connect("bob");

        Ack ack = broker.send(alice, key("bob"), "hello");

        assertThat(ack.queued()).isTrue();
        assertThat(ack.recipient()).isNull();
        assertThat(bob.nextText()).isEqualTo("hello");
        eventually(() -> status(ack).delivered());
    }

    @Test
    void send_directToAnOfflineMember_saysSoAndArrivesOnReturnInOrder() {
        Ack first = broker.send(alice, key("bob"), "1");
        broker.send(alice, key("bob"), "2");
        assertThat(first.recipient()).isEqualTo("offline");

        TestPeer bob = broker.connect("bob");

        assertThat(bob.nextText()).isEqualTo("1");
        assertThat(bob.nextText()).isEqualTo("2");
    }

    @Test
    void send_unknownKey_isRefusedAndStoresNothing() {
        Ack ack = broker.send(alice, key("nobody"), "hello");

        assertThat(ack.queued()).isFalse();
        assertThat(ack.error()).contains("no connected peer");
        assertThat(broker.count("SELECT count(*) FROM mesh.message")).isZero();
    }

    @Test
    void send_toEverybody_reachesEachConnectionButTheSendingOneAndMembersWhoComeLater() {
        broker.member("carol");
        TestPeer laptop = broker.connect("bob");
        TestPeer phone = broker.connect("bob");
        TestPeer sibling = broker.connect("alice");

        broker.send(alice, "*", "to all");
        TestPeer carol = broker.connect("carol");

        assertThat(laptop.nextText()).isEqualTo("to all");
        assertThat(phone.nextText()).isEqualTo("to all");
        assertThat(sibling.nextText()).isEqualTo("to all");
        assertThat(carol.nextText()).isEqualTo("to all");
        broker.send(broker.connect("carol"), key("alice"), "done");
        assertThat(alice.next(com.claudemesh.protocol.frame.Push.class).ciphertext())
                .isEqualTo("done");
    }

    @Test
    void send_toAGroup_reachesItsPeersThoseBelowAndRememberedMembersOnly() {
        broker.member("carol");
        broker.member("dave");
        broker.offlineGroups.put("carol", List.of(new GroupLabel("team/web", null)));
        TestPeer below = broker.connect("bob", List.of(new GroupLabel("team/web/css", null)));
        TestPeer outside = broker.connect("dave", List.of(new GroupLabel("teams", null)));

        broker.send(alice, "@team", "grouped");

        assertThat(below.nextText()).isEqualTo("grouped");
        assertThat(broker.connect("carol").nextText()).isEqualTo("grouped");
        broker.send(alice, key("dave"), "direct");
        assertThat(outside.nextText()).isEqualTo("direct");
    }

    @Test
    void send_recipientBlocksTheSender_directIsRefusedAndMulticastSkipsIt() {
        broker.member("bob", Grants.of(Map.of(key("alice"), List.of())));
        TestPeer bob = broker.connect("bob");

        Ack direct = broker.send(alice, key("bob"), "direct");
        Ack multicast = broker.send(alice, "*", "to all");

        assertThat(direct.error()).startsWith("blocked by recipient grants");
        assertThat(multicast.queued()).isTrue();
        assertThat(status(multicast).recipients()).isEmpty();
        assertThat(bob.texts()).isEmpty();
    }

    @Test
    void drain_grantWithdrawnSinceTheSend_failsTheCopyAndTellsTheSender() {
        Ack ack = broker.send(alice, key("bob"), "too late");
        broker.member("bob", Grants.of(Map.of(key("alice"), List.of())));

        broker.connect("bob");

        MessageReceipts.Receipt receipt =
                alice.next(MessageReceipts.class).receipts().get(0);
        assertThat(receipt.state()).isEqualTo(DeliveryState.FAILED);
        assertThat(receipt.reason()).isEqualTo("blocked");
        assertThat(status(ack).recipients())
                .extracting(MessageStatusResult.Recipient::state)
                .containsExactly(DeliveryState.FAILED);
        DeadLetters dead = (DeadLetters) answer(broker.engine
                .service()
                .deadLetters(alice.peer, new ListDeadLetters(null, null))
                .toCompletableFuture());
        assertThat(dead.letters()).extracting(DeadLetters.Letter::messageId).containsExactly(ack.messageId());
    }

    @Test
    void send_busyRecipient_holdsWhatIsNotUrgentUntilItIsIdle() {
        TestPeer bob = broker.connect("bob");
        broker.statuses.set(bob.peer, Status.WORKING);

        Ack held = broker.send(alice, send(Priority.NEXT, "1"));
        broker.send(alice, send(Priority.LOW, "2"));
        Ack urgent = broker.send(alice, send(Priority.NOW, "urgent"));

        assertThat(held.recipient()).isEqualTo("held");
        assertThat(urgent.recipient()).isNull();
        assertThat(bob.nextText()).isEqualTo("urgent");
        assertThat(status(held).recipients())
                .extracting(MessageStatusResult.Recipient::state)
                .containsExactly(DeliveryState.HELD);

        broker.statuses.set(bob.peer, Status.IDLE);

        assertThat(bob.nextText()).isEqualTo("1");
        assertThat(bob.nextText()).isEqualTo("2");
    }

    @Test
    void send_heldMailInFront_doesNotKeepUrgentMailFromPassing() {
        TestPeer bob = broker.connect("bob");
        broker.statuses.set(bob.peer, Status.DND);
        IntStream.range(0, 20).forEach(i -> broker.send(alice, send(Priority.NEXT, "held " + i)));

        broker.send(alice, send(Priority.NOW, "urgent"));
        assertThat(bob.nextText()).isEqualTo("urgent");
        broker.statuses.set(bob.peer, Status.IDLE);
        broker.send(alice, send(Priority.NEXT, "last"));

        IntStream.range(0, 20).forEach(i -> assertThat(bob.nextText()).isEqualTo("held " + i));
        assertThat(bob.nextText()).isEqualTo("last");
    }

    @Test
    void send_multicastToABusyPeer_isNotHeld() {
        TestPeer bob = broker.connect("bob");
        broker.statuses.set(bob.peer, Status.DND);

        broker.send(alice, new Send("*", Priority.LOW, "", "to all", "c", null, null, null, null, null));

        assertThat(bob.nextText()).isEqualTo("to all");
    }

    @Test
    void send_memberWithAnIdleAndABusySession_takesTheIdleOne() {
        TestPeer idle = broker.connect("bob");
        TestPeer busy = broker.connect("bob");
        broker.statuses.set(busy.peer, Status.WORKING);

        broker.send(alice, send(Priority.NEXT, "1"));
        broker.send(alice, send(Priority.NOW, "2"));

        assertThat(idle.nextText()).isEqualTo("1");
        assertThat(idle.nextText()).isEqualTo("2");
        assertThat(busy.texts()).isEmpty();
    }

    private static Send send(Priority priority, String text) {
        return new Send(key("bob"), priority, "", text, "c", null, null, null, null, null);
    }

    @Test
    void receipts_acknowledgingRecipient_reportsReceived() {
        TestPeer bob = broker.connect("bob", Capability.CLIENT_ACK);
        Ack ack = broker.send(alice, key("bob"), "hello");
        bob.nextText();

        broker.engine.service().acknowledge(bob.peer, new ClientAck(null, ack.messageId()));

        eventually(() -> alice.next(MessageReceipts.class).receipts().stream()
                .anyMatch(receipt -> receipt.state() == DeliveryState.RECEIVED
                        && receipt.messageId().equals(ack.messageId())));
        assertThat(status(ack).recipients())
                .extracting(MessageStatusResult.Recipient::state)
                .containsExactly(DeliveryState.RECEIVED);
    }

    @Test
    void status_literalPrefix_findsTheMessageAndRefusesWildcards() {
        Ack ack = broker.send(alice, key("bob"), "hello");

        assertThat(status(ack.messageId().substring(0, 12))).isInstanceOf(MessageStatusResult.class);
        assertThat(((ErrorFrame) status("%%%%%%%%")).code()).isEqualTo("invalid_argument");
        assertThat(((ErrorFrame) status("abc")).code()).isEqualTo("invalid_argument");
        assertThat(((ErrorFrame) status("00000000")).code()).isEqualTo("not_found");
    }

    @Test
    void fanout_manyConnectedRecipients_isOneRowAndCountsEachCopy() {
        List<TestPeer> crowd = IntStream.range(0, 10)
                .mapToObj(i -> {
                    broker.member("member" + i);
                    return broker.connect("member" + i);
                })
                .toList();
        awaitLive(crowd);
        broker.execute("DELETE FROM mesh.delivery");

        Ack ack = broker.send(alice, "*", "to all");

        crowd.forEach(peer -> assertThat(peer.nextText()).isEqualTo("to all"));
        eventually(() -> status(ack).recipients().stream()
                        .filter(r -> r.status().equals("delivered"))
                        .count()
                == 10);
        assertThat(broker.count("SELECT count(*) FROM mesh.fanout")).isEqualTo(1);
        assertThat(broker.count("SELECT count(*) FROM mesh.delivery")).isEqualTo(1);
    }

    @Test
    void fanout_recipientDiesBeforeTheWrite_getsItsCopyOnReturn() {
        List<TestPeer> crowd = IntStream.range(0, 5)
                .mapToObj(i -> {
                    broker.member("member" + i);
                    return broker.connect("member" + i);
                })
                .toList();
        awaitLive(crowd);
        crowd.get(0).close(null, "gone");

        broker.send(alice, "*", "to all");
        broker.disconnect(crowd.get(0));
        TestPeer back = broker.connect("member0");

        assertThat(back.nextText()).isEqualTo("to all");
        crowd.subList(1, 5).forEach(peer -> assertThat(peer.nextText()).isEqualTo("to all"));
    }

    @Test
    void fanout_nodeDiesBeforeAcknowledgements_handsOpenCopiesOutAgainAfterTheRestart() {
        List<TestPeer> crowd = IntStream.range(0, 5)
                .mapToObj(i -> {
                    broker.member("member" + i);
                    return broker.connect("member" + i, Capability.CLIENT_ACK);
                })
                .toList();
        awaitLive(crowd);
        Ack ack = broker.send(alice, "*", "to all");
        crowd.forEach(TestPeer::nextText);
        broker.engine.service().acknowledge(crowd.get(0).peer, new ClientAck(null, ack.messageId()));
        broker.engine.service().acknowledge(crowd.get(1).peer, new ClientAck(null, ack.messageId()));
        eventually(() -> status(ack).recipients().stream()
                        .filter(r -> r.status().equals("delivered"))
                        .count()
                == 2);

        crowd.forEach(peer -> broker.registry.remove(peer.peer));
        broker.engine.close();
        broker.restart();

        assertThat(broker.connect("member2").nextText()).isEqualTo("to all");
        TestPeer acknowledged = broker.connect("member0");
        broker.send(alice, key("member0"), "next");
        assertThat(acknowledged.nextText()).isEqualTo("next");
    }

    @Test
    void send_sameClientMessageId_isStoredOnceAndRefusedForAnotherFingerprint() {
        Send frame = new Send(key("bob"), Priority.NOW, "", "once", "c", "id-1", "f1", null, null, null);
        Ack first = broker.send(alice, frame);

        Ack second = broker.send(alice, frame);
        Ack other =
                broker.send(alice, new Send(key("bob"), Priority.NOW, "", "else", "c", "id-1", "f2", null, null, null));

        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(other.error()).startsWith("invalid:");
        assertThat(broker.count("SELECT count(*) FROM mesh.message")).isEqualTo(1);
    }

    @Test
    void send_everyMessage_isAudited() {
        broker.send(alice, key("bob"), "secret");

        assertThat(broker.count("SELECT count(*) FROM mesh.audit_log WHERE event_type = 'message_sent'"))
                .isEqualTo(1);
        assertThat(broker.count("SELECT count(*) FROM mesh.audit_log WHERE payload::text LIKE '%secret%'"))
                .isZero();
    }

    /** Until each of them has been handed something directly their mailboxes may still be loading. */
    private void awaitLive(List<TestPeer> peers) {
        for (TestPeer peer : peers) {
            Ack ack = broker.send(alice, peer.peer.identity().memberPublicKey(), "warm");
            assertThat(peer.nextText()).isEqualTo("warm");
            if (peer.peer.acknowledges()) {
                broker.engine.service().acknowledge(peer.peer, new ClientAck(null, ack.messageId()));
            }
        }
    }

    private MessageStatusResult status(Ack ack) {
        return (MessageStatusResult) status(ack.messageId());
    }

    private ServerFrame status(String messageId) {
        return answer(broker.engine
                .service()
                .status(alice.peer, new MessageStatus(messageId))
                .toCompletableFuture());
    }

    private static void eventually(Callable<Boolean> condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < deadline) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            LockSupport.parkNanos(5_000_000);
        }
        throw new AssertionError("not within 10 s");
    }
}
