package com.claudemesh.sdk.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.Sealed;
import com.claudemesh.protocol.crypto.TopicKeys;
import com.claudemesh.sdk.topic.TopicBody.Opened;
import com.claudemesh.sdk.topic.TopicKeyServer.Member;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicKeeperTest {
    private final KeyServer server = new KeyServer().with("alice", "bob");
    private final TopicKeeper alice = keeper("alice");
    private final TopicKeeper bob = keeper("bob");

    private TopicKeeper keeper(String name) {
        return server.keeper(name, new MemoryTopicKeyRing());
    }

    private static TopicKey held(KeyState state) {
        assertThat(state).isInstanceOf(KeyState.Held.class);
        return ((KeyState.Held) state).key();
    }

    private static Opened read(TopicKeeper reader, TopicBody body) {
        return body.open(epoch -> reader.held(KeyServer.TOPIC, epoch));
    }

    @Test
    void current_topicWithoutKey_isUnencrypted() {
        assertThat(alice.current(KeyServer.TOPIC)).isInstanceOf(KeyState.Unencrypted.class);
    }

    @Test
    void current_creator_holdsTheKeyThatTheServerMade() {
        server.madeBy("alice");

        assertThat(held(alice.current(KeyServer.TOPIC)).sealedBy()).isEqualTo(TopicKey.BY_SERVER);
        assertThat(bob.current(KeyServer.TOPIC)).isInstanceOf(KeyState.Waiting.class);
    }

    @Test
    void care_holder_sharesWithWhoeverWaits() {
        server.madeBy("alice");

        TopicKeeper.Care care = alice.care(KeyServer.TOPIC);

        assertThat(care.shared().sealed()).extracting(Member::memberId).containsExactly("bob");
        TopicKey ofBob = held(bob.current(KeyServer.TOPIC));
        assertThat(ofBob.sealedBy()).isEqualTo(server.key("alice"));
        assertThat(ofBob.sealerName()).isEqualTo("alice");
        assertThat(read(bob, TopicBody.encrypted("hi", held(alice.current(KeyServer.TOPIC)))))
                .isEqualTo(new Opened.Text("hi", true));
        assertThat(alice.care(KeyServer.TOPIC).shared().sealed()).isEmpty();
    }

    @Test
    void care_whoWaits_sharesNothing() {
        server.madeBy("alice");

        assertThat(bob.care(KeyServer.TOPIC).shared().sealed()).isEmpty();
    }

    @Test
    void current_copyOfAStranger_isRefused() {
        Sealed forged = TopicKeys.seal(TopicKeys.generate(), server.key("bob"), BoxKeyPair.generate());
        server.put("bob", 1, forged, "", server.key("alice"));

        assertThat(bob.current(KeyServer.TOPIC)).isInstanceOf(KeyState.Refused.class);
        assertThat(bob.held(KeyServer.TOPIC, 1)).isEmpty();
    }

    @Test
    void current_copyThatTheServerAttributesToSomebodyElse_isRefused() {
        server.with("mallory");
        Sealed copy = TopicKeys.seal(
                TopicKeys.generate(),
                server.key("bob"),
                BoxKeyPair.ofIdentity(server.holder("mallory").secretKey()));
        server.put("bob", 1, copy, "", server.key("alice"));

        assertThat(bob.current(KeyServer.TOPIC)).isInstanceOf(KeyState.Refused.class);
    }

    @Test
    void current_serverMadeKeyOfALaterEpoch_isRefused() {
        BoxKeyPair ephemeral = BoxKeyPair.generate();
        Sealed copy = TopicKeys.seal(TopicKeys.generate(), server.key("bob"), ephemeral);
        server.put("bob", 2, copy, ephemeral.publicHex(), "");

        assertThat(bob.current(KeyServer.TOPIC)).isInstanceOf(KeyState.Refused.class);
    }

    @Test
    void current_copyOfAMemberWhoIsGone_isAcceptedAndSaysSo() {
        server.with("carol").madeBy("alice");
        alice.care(KeyServer.TOPIC);
        server.leaves("alice");

        TopicKey key = held(bob.current(KeyServer.TOPIC));

        assertThat(key.sealedBy()).isEqualTo(server.key("alice"));
        assertThat(key.sealerName()).isEqualTo("alice, gone since");
    }

    @Test
    void current_copyOfSomebodyWhoNeverWasThere_isRefused() {
        server.withStranger("mallory");
        Sealed copy = TopicKeys.seal(
                TopicKeys.generate(),
                server.key("bob"),
                BoxKeyPair.ofIdentity(server.holder("mallory").secretKey()));
        server.put("bob", 1, copy, "", server.key("mallory"));

        assertThat(bob.current(KeyServer.TOPIC)).isInstanceOf(KeyState.Refused.class);
    }

    @Test
    void current_copyThatTheServerAttributesToSomebodyWhoIsGone_isRefused() {
        server.with("carol").withStranger("mallory");
        Sealed copy = TopicKeys.seal(
                TopicKeys.generate(),
                server.key("bob"),
                BoxKeyPair.ofIdentity(server.holder("mallory").secretKey()));
        server.put("bob", 1, copy, "", server.key("carol"));
        server.leaves("carol");

        assertThat(bob.current(KeyServer.TOPIC)).isInstanceOf(KeyState.Refused.class);
    }

    @Test
    void care_membersWhoMissEarlierKeys_getThem() {
        server.with("carol").madeBy("alice");
        TopicKey first = held(alice.current(KeyServer.TOPIC));
        server.leaves("carol");

        alice.care(KeyServer.TOPIC);

        assertThat(held(bob.ofEpoch(KeyServer.TOPIC, 1)).key()).isEqualTo(first.key());
        assertThat(held(bob.current(KeyServer.TOPIC)).epoch()).isEqualTo(2);
    }

    @Test
    void care_onAnotherMachineOfTheMaker_sharesTheFirstKeyToo() {
        server.with("carol").madeBy("alice");
        TopicKey first = held(alice.current(KeyServer.TOPIC));
        server.leaves("carol");
        alice.rotate(KeyServer.TOPIC, (KeyState.Held) alice.current(KeyServer.TOPIC));

        keeper("alice").care(KeyServer.TOPIC);

        assertThat(held(bob.ofEpoch(KeyServer.TOPIC, 1)).key()).isEqualTo(first.key());
    }

    @Test
    void current_copyForAnotherKey_isRefused() {
        server.madeBy("alice");
        Sealed ofAlice = TopicKeys.seal(
                TopicKeys.generate(),
                server.key("alice"),
                BoxKeyPair.ofIdentity(server.holder("alice").secretKey()));
        server.put("bob", 1, ofAlice, "", server.key("alice"));

        assertThat(bob.current(KeyServer.TOPIC)).isInstanceOf(KeyState.Refused.class);
    }

    @Test
    void care_somebodyLeft_makesAKeyThatTheyNeverGet() {
        server.with("carol").madeBy("alice");
        TopicKeeper carol = keeper("carol");
        alice.care(KeyServer.TOPIC);
        held(carol.current(KeyServer.TOPIC));
        server.leaves("carol");

        TopicKeeper.Care care = alice.care(KeyServer.TOPIC);

        assertThat(care.rotated()).isTrue();
        TopicKey fresh = held(care.state());
        assertThat(fresh.epoch()).isEqualTo(2);
        assertThat(held(bob.current(KeyServer.TOPIC)).epoch()).isEqualTo(2);
        assertThat(carol.current(KeyServer.TOPIC)).isInstanceOf(KeyState.Waiting.class);
        assertThat(read(carol, TopicBody.encrypted("without you", fresh))).isEqualTo(new Opened.KeyMissing(2));
        assertThat(carol.held(KeyServer.TOPIC, 1)).isPresent();
    }

    @Test
    void rotate_twoAtOnce_oneKeyWins() {
        server.with("carol").madeBy("alice");
        alice.care(KeyServer.TOPIC);
        KeyState.Held ofBob = (KeyState.Held) bob.current(KeyServer.TOPIC);
        server.leaves("carol");

        TopicKey winner = held(alice.care(KeyServer.TOPIC).state());

        assertThat(held(bob.rotate(KeyServer.TOPIC, ofBob)).key()).isEqualTo(winner.key());
    }

    @Test
    void encrypt_topicWithoutKey_isDoneOnce() {
        TopicKey made = held(alice.encrypt(KeyServer.TOPIC));

        assertThat(bob.encrypt(KeyServer.TOPIC)).isInstanceOf(KeyState.Waiting.class);
        alice.sealForWaiting(KeyServer.TOPIC);
        assertThat(held(bob.current(KeyServer.TOPIC)).key()).isEqualTo(made.key());
    }

    @Test
    void ofEpoch_keyInTheRing_asksNobody() {
        MemoryTopicKeyRing ring = new MemoryTopicKeyRing();
        TopicKey key = new TopicKey(7, TopicKeys.generate(), server.key("alice"), "alice");
        ring.keep(KeyServer.MESH, KeyServer.TOPIC.id(), key);
        TopicKeeper unconnected = new TopicKeeper(server.holder("bob"), ring, null);

        assertThat(held(unconnected.ofEpoch(KeyServer.TOPIC, 7))).isEqualTo(key);
        assertThat(unconnected.latest(KeyServer.TOPIC)).isEqualTo(Optional.of(key));
    }
}
