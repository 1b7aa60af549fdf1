package com.claudemesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.audit.RecordedEvent;
import com.claudemesh.mesh.MemberKeys.Proof;
import com.claudemesh.protocol.crypto.HelloVerifier;
import com.claudemesh.protocol.crypto.MemberKeyText;
import com.claudemesh.protocol.crypto.Signatures;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.Json;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** http §5.6: a browser that has made itself a key. */
class MemberKeysTest {
    private final TestMeshes world = new TestMeshes();
    private final MemberKeys keys =
            new MemberKeys(world.transactions, world.chains, world.clock, world.directory::changed);
    private final SigningKeyPair pair = SigningKeyPair.generate();
    private MeshView mesh;
    private String ada;

    @BeforeEach
    void person() {
        mesh = world.mesh();
        ada = world.join(mesh, "Ada", Role.MEMBER, world.account());
    }

    private Proof proof(SigningKeyPair signer, String memberId) {
        return proof(signer, memberId, world.clock.millis());
    }

    private Proof proof(SigningKeyPair signer, String memberId, long timestampMillis) {
        String text = MemberKeyText.canonical(mesh.meshId(), memberId, signer.publicHex(), timestampMillis);
        return new Proof(signer.publicHex(), timestampMillis, Signatures.sign(text, signer.secretHex()));
    }

    private KeyReplacement replace(Proof proof) {
        return keys.replace(mesh.meshId(), ada, proof);
    }

    private String invalidField(Proof proof) {
        return ((KeyReplacement.Invalid) replace(proof)).field();
    }

    private String keyOfAda() {
        return world.member(mesh, ada).publicKey();
    }

    @Test
    void replace_proven_isTheMembersKeyAndRecorded() throws Exception {
        String former = keyOfAda();

        assertThat(replace(proof(pair, ada))).isEqualTo(new KeyReplacement.Done(pair.publicHex(), true));

        assertThat(keyOfAda()).isEqualTo(pair.publicHex());
        assertThat(world.events(mesh.meshId()).get(0))
                .returns("member_key_changed", RecordedEvent::eventType)
                .returns(
                        Json.mapper().valueToTree(Map.of("pubkey", pair.publicHex(), "formerPubkey", former)),
                        RecordedEvent::payload);
    }

    @Test
    void replace_theKeyThatItHas_changesNothing() throws Exception {
        Proof proof = proof(pair, ada);
        replace(new Proof(proof.publicKey().toUpperCase(Locale.ROOT), proof.timestampMillis(), proof.signature()));
        int recorded = world.events(mesh.meshId()).size();

        assertThat(replace(proof)).isEqualTo(new KeyReplacement.Done(pair.publicHex(), false));
        assertThat(world.events(mesh.meshId())).hasSize(recorded);
    }

    @Test
    void replace_withoutProof_namesTheField() {
        Proof good = proof(pair, ada);
        Proof ofAnotherKey = proof(SigningKeyPair.generate(), ada);
        Proof forSomebodyElse = proof(pair, world.join(mesh, "Eve", Role.MEMBER, null));

        assertThat(invalidField(new Proof(pair.publicHex(), good.timestampMillis(), ofAnotherKey.signature())))
                .isEqualTo("signature");
        assertThat(invalidField(forSomebodyElse)).isEqualTo("signature");
        assertThat(invalidField(new Proof(pair.publicHex(), good.timestampMillis(), "ab")))
                .isEqualTo("signature");
        assertThat(invalidField(new Proof(pair.publicHex(), good.timestampMillis() + 1, good.signature())))
                .isEqualTo("signature");
    }

    @Test
    void replace_proofOfAnotherTime_isRefused() {
        long now = world.clock.millis();

        assertThat(invalidField(proof(pair, ada, now - HelloVerifier.MAX_SKEW_MILLIS - 1)))
                .isEqualTo("timestamp");
        assertThat(invalidField(proof(pair, ada, now + HelloVerifier.MAX_SKEW_MILLIS + 1)))
                .isEqualTo("timestamp");
        assertThat(replace(proof(pair, ada, now - HelloVerifier.MAX_SKEW_MILLIS)))
                .isInstanceOf(KeyReplacement.Done.class);
    }

    @Test
    void replace_keyThatNothingCanBeSealedTo_isRefused() {
        String neutral = "01" + "00".repeat(31);

        assertThat(invalidField(new Proof(neutral, world.clock.millis(), "00".repeat(64))))
                .isEqualTo("pubkey");
        assertThat(invalidField(new Proof("x".repeat(64), world.clock.millis(), "00".repeat(64))))
                .isEqualTo("pubkey");
    }

    @Test
    void replace_ofAMemberThatHasConnected_isRefused() {
        String former = keyOfAda();
        world.execute("""
                INSERT INTO mesh.presence (id, mesh_id, member_id, node_name, session_id, display_name, connected_at,
                    last_ping_at)
                VALUES (?, ?, ?, 'node-1', 's', 'Ada', now(), now())""", "p" + ada, mesh.meshId(), ada);
        world.execute("DELETE FROM mesh.presence WHERE id = ?", "p" + ada);

        assertThat(replace(proof(pair, ada))).isInstanceOf(KeyReplacement.NotInABrowser.class);
        assertThat(keyOfAda()).isEqualTo(former);
    }

    @Test
    void replace_ofAMemberWithoutAccount_isRefused() {
        String bob = world.join(mesh, "Bob", Role.MEMBER, null);

        assertThat(keys.replace(mesh.meshId(), bob, proof(pair, bob))).isInstanceOf(KeyReplacement.NotInABrowser.class);
    }

    @Test
    void replace_withAKeyOfAnotherMember_isRefusedAlsoWhenItIsGone() {
        String key = pair.publicHex();
        world.execute("UPDATE mesh.member SET peer_pubkey = ?, revoked_at = now() WHERE id = ?", key, other());

        assertThat(replace(proof(pair, ada))).isInstanceOf(KeyReplacement.Taken.class);
    }

    private String other() {
        return world.join(mesh, "Bob", Role.MEMBER, null);
    }

    @Test
    void replace_ofWhoIsGone_isNotFound() {
        world.execute("UPDATE mesh.member SET left_at = now() WHERE id = ?", ada);

        assertThat(replace(proof(pair, ada))).isInstanceOf(KeyReplacement.NotFound.class);
        assertThat(keys.replace("nowhere", ada, proof(pair, ada))).isNotInstanceOf(KeyReplacement.Done.class);
    }
}
