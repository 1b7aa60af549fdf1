package com.claudemesh.topic;

import static com.claudemesh.topic.TopicWorld.done;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.Sealed;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.crypto.TopicKeys;
import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.frame.TopicRole;
import com.claudemesh.protocol.frame.TopicVisibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Crypto §5: who may have, seal and rotate a topic's key. */
class TopicKeyDeskTest {
    private TopicWorld world;
    private TopicCaller alice;
    private TopicCaller bob;
    private TopicView topic;

    @BeforeEach
    void start() {
        world = new TopicWorld();
        alice = world.member("alice");
        bob = world.member("bob");
        topic = world.topic(alice, "deploys", TopicVisibility.PUBLIC);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void key_ofTheCreator_opensAndIsSealedByTheTopicsOwnKey() {
        SealedKey copy = copyOf(alice, null);

        TopicKeys.Opened opened = open(copy, alice);

        assertThat(copy.keyEpoch()).isEqualTo(1);
        assertThat(copy.sealedByMemberId()).isNull();
        assertThat(copy.senderPublicKey())
                .isEqualTo(com.claudemesh.protocol.encoding.Hex.encode(opened.senderPublic()));
        assertThat(opened.key()).hasSize(32);
    }

    @Test
    void key_ofAMemberThatWaits_isNotSealedYet() {
        done(world.topics.join(bob, "deploys", null));

        assertThat(world.desk.key(bob, "deploys", null)).isInstanceOf(KeyOutcome.NotSealed.class);
        assertThat(world.desk.pendingSeals(alice, "deploys"))
                .isInstanceOfSatisfying(KeyOutcome.Pending.class, pending -> {
                    assertThat(pending.keyEpoch()).isEqualTo(1);
                    assertThat(pending.members())
                            .containsExactly(new KeyOutcome.Waiting(
                                    bob.memberId(), world.keyOf(bob).publicHex(), "bob"));
                });
    }

    @Test
    void pendingSeals_neverAreMoreThanTheirLimit() {
        claim(alice, "general", 1);
        world.meshes.execute(
                """
                INSERT INTO mesh.member (id, mesh_id, peer_pubkey, display_name, role, joined_at)
                SELECT md5(? || n), ?, encode(sha256((? || n)::bytea), 'hex'), 'extra', 'member', now()
                FROM generate_series(1, ?) AS n""", world.mesh.meshId(), world.mesh.meshId(), world.mesh.meshId(), TopicKeyDesk.MAX_PENDING + 5);
        world.changed();

        assertThat(((KeyOutcome.Pending) world.desk.pendingSeals(alice, "general")).members())
                .hasSize(TopicKeyDesk.MAX_PENDING);
    }

    @Test
    void key_ofATopicWithout_isUnencrypted() {
        assertThat(world.desk.key(alice, "general", null)).isInstanceOf(KeyOutcome.Unencrypted.class);
        assertThat(world.desk.pendingSeals(alice, "general")).isInstanceOf(KeyOutcome.Unencrypted.class);
    }

    @Test
    void keys_ofAPrivateTopic_doNotExistForStrangers() {
        world.topic(alice, "secret", TopicVisibility.PRIVATE);

        assertThat(world.desk.key(bob, "secret", null)).isInstanceOf(KeyOutcome.NotFound.class);
        assertThat(world.desk.pendingSeals(bob, "secret")).isInstanceOf(KeyOutcome.NotFound.class);
        assertThat(seal(bob, bob, "secret", new byte[32], null)).isInstanceOf(KeyOutcome.NotFound.class);
        assertThat(claim(bob, "secret", 1)).isInstanceOf(KeyOutcome.NotFound.class);
    }

    @Test
    void seal_byAHolder_givesTheMemberTheSameKeyAndSaysWhoseSealItIs() {
        done(world.topics.join(bob, "deploys", null));

        assertThat(seal(alice, bob, "deploys", keyOf(alice), null)).isInstanceOf(KeyOutcome.Sealed.class);

        SealedKey copy = copyOf(bob, null);
        TopicKeys.Opened opened = open(copy, bob);
        assertThat(opened.key()).isEqualTo(keyOf(alice));
        assertThat(opened.isFrom(world.keyOf(alice).publicHex())).isTrue();
        assertThat(copy.sealedByMemberId()).isEqualTo(alice.memberId());
        assertThat(copy.sealedByPublicKey()).isEqualTo(world.keyOf(alice).publicHex());
        assertThat(((KeyOutcome.Pending) world.desk.pendingSeals(alice, "deploys")).members())
                .isEmpty();
    }

    @Test
    void seal_overAGoodCopy_isRefusedButItsOwnerMayReplaceIt() {
        done(world.topics.join(bob, "deploys", null));
        byte[] key = keyOf(alice);
        seal(alice, bob, "deploys", key, null);

        assertThat(seal(alice, bob, "deploys", new byte[32], null)).isInstanceOf(KeyOutcome.AlreadySealed.class);
        assertThat(open(copyOf(bob, null), bob).key()).isEqualTo(key);
        assertThat(seal(bob, bob, "deploys", key, null)).isInstanceOf(KeyOutcome.Sealed.class);
    }

    @Test
    void seal_afterTheMembersKeyChanged_replacesTheCopyThatIsOfNoUse() {
        done(world.topics.join(bob, "deploys", null));
        seal(alice, bob, "deploys", keyOf(alice), null);
        getsAnotherKey(bob);

        assertThat(seal(alice, bob, "deploys", keyOf(alice), null)).isInstanceOf(KeyOutcome.Sealed.class);
        assertThat(open(copyOf(bob, null), bob).key()).isEqualTo(keyOf(alice));
    }

    @Test
    void seal_byWhoHoldsNoCopy_isRefused() {
        done(world.topics.join(bob, "deploys", null));

        assertThat(seal(bob, bob, "deploys", new byte[32], null)).isInstanceOf(KeyOutcome.NotAHolder.class);
    }

    @Test
    void seal_forSomebodyWhoIsNotInTheTopic_isRefused() {
        assertThat(seal(alice, bob, "deploys", keyOf(alice), null)).isInstanceOf(KeyOutcome.RecipientNotInTopic.class);
    }

    @Test
    void seal_formsThatNoHonestClientWrites_nameTheField() {
        Sealed good = sealed(keyOf(alice), bob, alice);
        Sealed foreign = TopicKeys.seal(keyOf(alice), world.keyOf(bob).publicHex(), BoxKeyPair.generate());

        assertThat(invalidField(alice, "!", good.nonce())).isEqualTo("encryptedKey");
        assertThat(invalidField(alice, Base64Text.encode(new byte[48]), good.nonce()))
                .isEqualTo("encryptedKey");
        assertThat(invalidField(alice, good.ciphertext(), Base64Text.encode(new byte[23])))
                .isEqualTo("nonce");
        assertThat(invalidField(alice, foreign.ciphertext(), foreign.nonce())).isEqualTo("encryptedKey");
    }

    private String invalidField(TopicCaller sealer, String encryptedKey, String nonce) {
        KeyOutcome outcome = world.desk.seal(sealer, "deploys", bob.memberId(), encryptedKey, nonce, null);
        return ((KeyOutcome.Invalid) outcome).field();
    }

    @Test
    void claim_ofATopicWithoutAKey_oneWinsAndTheOthersLearnWho() throws Exception {
        List<TopicCaller> claimers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            claimers.add(world.member("claimer" + i));
        }
        ConcurrentLinkedQueue<KeyOutcome> outcomes = new ConcurrentLinkedQueue<>();
        List<Thread> threads = claimers.stream()
                .map(one -> new Thread(() -> outcomes.add(claim(one, "general", 1))))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(outcomes).hasSize(8);
        assertThat(outcomes).filteredOn(KeyOutcome.Claimed.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(KeyOutcome.AlreadyEncrypted.class::isInstance)
                .hasSize(7);
    }

    @Test
    void claim_whileNoRotationIsDue_isRefused() {
        assertThat(claim(alice, "deploys", 2)).isInstanceOf(KeyOutcome.AlreadyEncrypted.class);
        assertThat(claim(alice, "deploys", 1)).isInstanceOf(KeyOutcome.AlreadyEncrypted.class);
        assertThat(world.desk.claim(alice, "deploys", world.keyOf(bob).publicHex(), "x", "x", 2))
                .isInstanceOfSatisfying(
                        KeyOutcome.Invalid.class,
                        wrong -> assertThat(wrong.field()).isEqualTo("encryptedKeyPubkey"));
    }

    @Test
    void memberBanned_keyIsDueAndTheNextHolderRotatesIt() {
        done(world.topics.join(bob, "deploys", null));
        seal(alice, bob, "deploys", keyOf(alice), null);
        byte[] oldKey = keyOf(alice);

        world.ban(bob);
        assertThat(world.topics.find(alice, "deploys").orElseThrow().rotationDue())
                .isTrue();
        assertThat(claim(alice, "deploys", 3)).isInstanceOf(KeyOutcome.AlreadyEncrypted.class);
        assertThat(claim(alice, "deploys", 2)).isInstanceOf(KeyOutcome.Claimed.class);

        TopicView after = world.topics.find(alice, "deploys").orElseThrow();
        assertThat(after.keyEpoch()).isEqualTo(2);
        assertThat(after.rotationDue()).isFalse();
        assertThat(open(copyOf(alice, null), alice).key()).isNotEqualTo(oldKey);
        assertThat(open(copyOf(alice, 1), alice).key()).isEqualTo(oldKey);
        assertThat(world.desk.key(bob, "deploys", null)).isInstanceOf(KeyOutcome.NotFound.class);
        assertThat(seal(alice, bob, "deploys", keyOf(alice), null)).isInstanceOf(KeyOutcome.RecipientNotInTopic.class);
    }

    @Test
    void memberLeft_keepsItsOldKeyAndGetsNoNewOne() {
        done(world.topics.join(bob, "deploys", null));
        seal(alice, bob, "deploys", keyOf(alice), null);

        done(world.topics.leave(bob, "deploys"));
        claim(alice, "deploys", 2);

        assertThat(world.desk.key(bob, "deploys", 1)).isInstanceOf(KeyOutcome.Copy.class);
        assertThat(world.desk.key(bob, "deploys", null)).isInstanceOf(KeyOutcome.NotSealed.class);
        assertThat(((KeyOutcome.Pending) world.desk.pendingSeals(alice, "deploys")).members())
                .isEmpty();
    }

    @Test
    void rotation_byWhoDoesNotHoldTheKey_isRefusedWhileSomebodyDoes() {
        TopicCaller carol = world.member("carol");
        done(world.topics.join(bob, "deploys", null));
        done(world.topics.join(carol, "deploys", null));
        world.ban(bob);

        assertThat(claim(carol, "deploys", 2)).isInstanceOf(KeyOutcome.NotAHolder.class);

        done(world.topics.leave(alice, "deploys"));
        assertThat(claim(carol, "deploys", 2)).isInstanceOf(KeyOutcome.Claimed.class);
    }

    @Test
    void claim_byAnObserver_isRefused() {
        world.meshes.execute(
                "UPDATE mesh.topic_member SET role = ? WHERE member_id = ?", TopicRole.OBSERVER.wire(), bob.memberId());

        assertThat(claim(bob, "general", 1)).isInstanceOf(KeyOutcome.NotAHolder.class);
    }

    @Test
    void seal_ofAnEarlierKey_isTakenInAPublicTopicOnly() {
        world.topic(alice, "secret", TopicVisibility.PRIVATE);
        TopicCaller carol = world.member("carol");
        for (String name : List.of("deploys", "secret")) {
            byte[] first = open(copyOf(alice, name, 1), alice).key();
            done(world.topics.invite(alice, name, bob.memberId(), null));
            done(world.topics.leave(bob, name));
            claim(alice, name, 2);
            done(world.topics.invite(alice, name, carol.memberId(), null));

            KeyOutcome outcome = seal(alice, carol, name, first, 1);

            assertThat(outcome)
                    .isInstanceOf(name.equals("secret") ? KeyOutcome.Invalid.class : KeyOutcome.Sealed.class);
        }
    }

    @Test
    void key_ofAnEarlierEpoch_saysWhatThatEpochWasMadeWith() {
        rotated("deploys", 2);

        SealedKey first = copyOf(alice, 1);

        assertThat(first.senderPublicKey())
                .isEqualTo(com.claudemesh.protocol.encoding.Hex.encode(
                        open(first, alice).senderPublic()));
        assertThat(copyOf(alice, 2).senderPublicKey())
                .isEqualTo(world.keyOf(alice).publicHex());
    }

    @Test
    void key_whoeverSealedItIsGone_saysSo() {
        TopicCaller carol = world.member("carol");
        done(world.topics.join(bob, "deploys", null));
        done(world.topics.join(carol, "deploys", null));
        seal(alice, bob, "deploys", keyOf(alice), null);
        seal(bob, carol, "deploys", keyOf(alice), null);
        assertThat(copyOf(carol, null).sealer()).isEqualTo(new SealedKey.Sealer("bob", SealedKey.Standing.MEMBER));

        done(world.topics.leave(bob, "deploys"));
        assertThat(copyOf(carol, null).sealer()).isEqualTo(new SealedKey.Sealer("bob", SealedKey.Standing.LEFT));
        world.ban(bob);
        assertThat(copyOf(carol, null).sealer()).isEqualTo(new SealedKey.Sealer("bob", SealedKey.Standing.BANNED));
        assertThat(copyOf(carol, null).sealedByPublicKey())
                .isEqualTo(world.keyOf(bob).publicHex());
    }

    @Test
    void key_whoeverSealedItHasAnotherKeyNow_saysSo() {
        done(world.topics.join(bob, "deploys", null));
        seal(alice, bob, "deploys", keyOf(alice), null);

        getsAnotherKey(alice);

        assertThat(copyOf(bob, null).sealer()).isEqualTo(new SealedKey.Sealer("alice", SealedKey.Standing.LEFT));
    }

    @Test
    void key_sealedByTheServer_hasNoSealer() {
        assertThat(copyOf(alice, null).sealer()).isNull();
    }

    @Test
    void pendingSeals_ofEarlierKeys_inAPrivateTopicAreForWhoeverWasThere() {
        world.topic(alice, "secret", TopicVisibility.PRIVATE);
        TopicCaller dave = world.member("dave");
        byte[] first = open(copyOf(alice, "secret", 1), alice).key();
        done(world.topics.invite(alice, "secret", bob.memberId(), null));
        rotated("secret", 2);
        done(world.topics.invite(alice, "secret", dave.memberId(), null));

        assertThat(earlier(alice, "secret")).containsExactly("bob 1");
        assertThat(seal(alice, dave, "secret", first, 1))
                .isInstanceOfSatisfying(
                        KeyOutcome.Invalid.class,
                        wrong -> assertThat(wrong.field()).isEqualTo("keyEpoch"));
        assertThat(seal(alice, bob, "secret", first, 1)).isInstanceOf(KeyOutcome.Sealed.class);
        assertThat(open(copyOf(bob, "secret", 1), bob).key()).isEqualTo(first);
        assertThat(earlier(alice, "secret")).isEmpty();
    }

    @Test
    void pendingSeals_ofEarlierKeys_inAPublicTopicAreForEverybodyInIt() {
        rotated("deploys", 2);
        done(world.topics.join(bob, "deploys", null));

        assertThat(earlier(alice, "deploys")).containsExactly("bob 1");
    }

    @Test
    void pendingSeals_ofEarlierKeys_leaveOutTheTimeWhenSomebodyWasAway() {
        world.topic(alice, "secret", TopicVisibility.PRIVATE);
        done(world.topics.invite(alice, "secret", bob.memberId(), null));
        done(world.topics.leave(bob, "secret"));
        claim(alice, "secret", 2);
        rotated("secret", 3);
        done(world.topics.invite(alice, "secret", bob.memberId(), null));
        rotated("secret", 4);

        assertThat(earlier(alice, "secret")).containsExactly("bob 3", "bob 1");
    }

    @Test
    void pendingSeals_ofEarlierKeys_areForThoseWhoHoldThem() {
        done(world.topics.join(bob, "deploys", null));
        rotated("deploys", 2);

        assertThat(earlier(bob, "deploys")).isEmpty();
        seal(alice, bob, "deploys", keyOf(alice), 2);
        assertThat(earlier(bob, "deploys")).isEmpty();
    }

    @Test
    void pendingSeals_ofEarlierKeys_goBackToTheirLimit() {
        done(world.topics.join(bob, "deploys", null));
        int current = TopicKeyDesk.MAX_EARLIER_EPOCHS + 3;
        for (int epoch = 2; epoch <= current; epoch++) {
            rotated("deploys", epoch);
        }

        assertThat(earlier(alice, "deploys"))
                .hasSize(TopicKeyDesk.MAX_EARLIER_EPOCHS)
                .startsWith("bob " + (current - 1))
                .endsWith("bob 3");
    }

    @Test
    void memberThatGotAnotherKey_waitsForAllThatItMayHave() {
        world.topic(alice, "secret", TopicVisibility.PRIVATE);
        byte[] first = open(copyOf(alice, "secret", 1), alice).key();
        done(world.topics.invite(alice, "secret", bob.memberId(), null));
        seal(alice, bob, "secret", first, 1);
        rotated("secret", 2);

        getsAnotherKey(bob);

        assertThat(earlier(alice, "secret")).containsExactly("bob 1");
        assertThat(seal(alice, bob, "secret", first, 1)).isInstanceOf(KeyOutcome.Sealed.class);
    }

    @Test
    void memberThatGotAnotherKey_losesItsCopiesAndTheKeyOfATopicThatNobodyElseHolds() {
        done(world.topics.join(bob, "deploys", null));
        seal(alice, bob, "deploys", keyOf(alice), null);
        world.topic(alice, "alone", TopicVisibility.PUBLIC);

        getsAnotherKey(alice);

        assertThat(world.desk.key(alice, "deploys", null)).isInstanceOf(KeyOutcome.NotSealed.class);
        assertThat(world.topics.find(alice, "deploys").orElseThrow().rotationDue())
                .isFalse();
        assertThat(world.topics.find(alice, "alone").orElseThrow().rotationDue())
                .isTrue();
        assertThat(claim(alice, "alone", 2)).isInstanceOf(KeyOutcome.Claimed.class);
    }

    /** Somebody comes, goes, and the next key is made. */
    private void rotated(String name, int epoch) {
        TopicCaller guest = world.member("guest" + epoch);
        done(world.topics.invite(alice, name, guest.memberId(), null));
        done(world.topics.leave(guest, name));
        assertThat(claim(alice, name, epoch)).isInstanceOf(KeyOutcome.Claimed.class);
    }

    private void getsAnotherKey(TopicCaller member) {
        SigningKeyPair next = SigningKeyPair.generate();
        world.meshes.execute(
                "UPDATE mesh.member SET peer_pubkey = ? WHERE id = ?", next.publicHex(), member.memberId());
        world.changed();
        world.keys.put(member.memberId(), next);
    }

    private List<String> earlier(TopicCaller asking, String name) {
        return ((KeyOutcome.Pending) world.desk.pendingSeals(asking, name))
                .earlier().stream()
                        .map(waiting -> waiting.member().displayName() + " " + waiting.keyEpoch())
                        .toList();
    }

    @Test
    void post_withAnEarlierKey_isTakenFromWhoHoldsItWhileNoRotationIsDue() {
        done(world.topics.join(bob, "deploys", null));
        done(world.topics.leave(bob, "deploys"));
        claim(alice, "deploys", 2);

        assertThat(postWithKey(alice, 1)).isInstanceOf(PostOutcome.Posted.class);
        assertThat(postWithKey(bob, 1)).isInstanceOf(PostOutcome.Invalid.class);
        assertThat(postWithKey(bob, 2)).isInstanceOf(PostOutcome.Posted.class);
        done(world.topics.join(bob, "deploys", null));
        done(world.topics.leave(bob, "deploys"));
        assertThat(postWithKey(alice, 1)).isInstanceOf(PostOutcome.Invalid.class);
    }

    private PostOutcome postWithKey(TopicCaller poster, int epoch) {
        return TopicWorld.answer(world.posts.post(
                poster,
                new NewPost(
                        "deploys",
                        com.claudemesh.protocol.frame.Priority.NOW,
                        "n",
                        "c",
                        List.of(),
                        2,
                        epoch,
                        null,
                        null,
                        null)));
    }

    @Test
    void rotation_isInTheAuditRecord() throws Exception {
        claim(alice, "general", 1);

        assertThat(world.meshes.events(world.mesh.meshId()).get(0).payload())
                .isEqualTo(com.claudemesh.protocol.frame.Json.mapper()
                        .valueToTree(Map.of("topicId", general(), "keyEpoch", 1)));
    }

    private String general() {
        return world.topics.find(alice, "general").orElseThrow().id();
    }

    private byte[] keyOf(TopicCaller holder) {
        return open(copyOf(holder, null), holder).key();
    }

    private SealedKey copyOf(TopicCaller holder, Integer epoch) {
        return copyOf(holder, "deploys", epoch);
    }

    private SealedKey copyOf(TopicCaller holder, String name, Integer epoch) {
        return ((KeyOutcome.Copy) world.desk.key(holder, name, epoch)).key();
    }

    private TopicKeys.Opened open(SealedKey copy, TopicCaller holder) {
        return TopicKeys.open(
                        new Sealed(copy.nonce(), copy.encryptedKey()),
                        world.keyOf(holder).secretHex(),
                        copy.senderPublicKey())
                .orElseThrow();
    }

    private Sealed sealed(byte[] key, TopicCaller recipient, TopicCaller sealer) {
        return TopicKeys.seal(
                key,
                world.keyOf(recipient).publicHex(),
                BoxKeyPair.ofIdentity(world.keyOf(sealer).secretHex()));
    }

    private KeyOutcome seal(TopicCaller sealer, TopicCaller recipient, String name, byte[] key, Integer epoch) {
        Sealed copy = sealed(key, recipient, sealer);
        return world.desk.seal(sealer, name, recipient.memberId(), copy.ciphertext(), copy.nonce(), epoch);
    }

    private KeyOutcome claim(TopicCaller claimer, String name, int epoch) {
        Sealed copy = sealed(TopicKeys.generate(), claimer, claimer);
        return world.desk.claim(
                claimer, name, world.keyOf(claimer).publicHex(), copy.ciphertext(), copy.nonce(), epoch);
    }
}
