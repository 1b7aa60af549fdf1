package com.claudemesh.protocol.crypto;

import static com.claudemesh.protocol.crypto.Vectors.at;
import static com.claudemesh.protocol.crypto.Vectors.each;
import static com.claudemesh.protocol.crypto.Vectors.hex;
import static com.claudemesh.protocol.crypto.Vectors.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.encoding.Hex;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class InviteVectorsTest {

    @TestFactory
    Stream<DynamicTest> inviteV1_vector_isReadSignedAndWrittenExactly() {
        return each("/invite_v1/cases", vector -> {
            InviteV1 invite = InviteV1.parseToken(text(vector, "token_b64url"));
            String ownerSecret =
                    SigningKeyPair.fromSeed(hex(vector, "owner_seed_hex")).secretHex();

            assertThat(invite.canonical()).isEqualTo(text(vector, "canonical_utf8"));
            assertThat(invite.signatureValid()).isTrue();
            assertThat(invite.sign(ownerSecret).signature()).isEqualTo(text(vector, "signature_hex"));
            assertThat(invite.json()).isEqualTo(text(vector, "payload_json_utf8"));
            assertThat(invite.token()).isEqualTo(text(vector, "token_b64url"));
            assertThat(invite).isEqualTo(InviteV1.parse(vector.get("payload")));
        });
    }

    @TestFactory
    Stream<DynamicTest> inviteLink_everyUrlForm_givesTheToken() {
        return each("/invite_v1/cases", vector -> {
            assertThat(vector.get("urls")).isNotEmpty();
            for (Map.Entry<String, JsonNode> url : vector.get("urls").properties()) {
                assertThat(InviteLink.parse(url.getValue().textValue()))
                        .as(url.getKey())
                        .contains(new InviteLink.Token(text(vector, "token_b64url")));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> inviteV1_negativeVector_isRefused() {
        return each("/invite_v1/negative", vector -> {
            if (vector.at("/payload/v").intValue() == InviteV1.VERSION) {
                InviteV1 invite = InviteV1.parse(vector.get("payload"));
                assertThat(invite.canonical()).isEqualTo(text(vector, "canonical_utf8"));
                assertThat(invite.signatureValid()).isFalse();
            } else {
                assertThatExceptionOfType(MalformedInviteException.class)
                        .isThrownBy(() -> InviteV1.parse(vector.get("payload")))
                        .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("v"));
            }
        });
    }

    @Test
    void inviteV1_signedByAnotherOwner_isSelfConsistentButNamesThatOwner() {
        InviteV1 invite = InviteV1.parse(at("/invite_v1/owner_mismatch/payload"));

        assertThat(invite.signatureValid()).isTrue();
        assertThat(invite.ownerPubkey()).isNotEqualTo(text(at("/ed25519_keys/identities/0"), "public_key_hex"));
    }

    @TestFactory
    Stream<DynamicTest> inviteV1_separatorInField_isRefusedAlthoughTheSignatureFits() {
        JsonNode ambiguity = at("/invite_v1/separator_ambiguity");
        return each("/invite_v1/separator_ambiguity/payloads", payload -> {
            InviteV1 invite = new InviteV1(
                    text(payload, "mesh_id"),
                    text(payload, "mesh_slug"),
                    text(payload, "broker_url"),
                    payload.get("expires_at").longValue(),
                    text(payload, "mesh_root_key"),
                    text(payload, "role"),
                    text(payload, "owner_pubkey"),
                    text(payload, "signature"));

            assertThat(invite.canonical()).isEqualTo(text(ambiguity, "canonical_utf8"));
            assertThat(Signatures.verify(invite.canonical(), text(ambiguity, "signature_hex"), invite.ownerPubkey()))
                    .isTrue();
            assertThat(invite.signatureValid()).isFalse();
            assertThatExceptionOfType(MalformedInviteException.class).isThrownBy(() -> InviteV1.parse(payload));
            assertThatExceptionOfType(MalformedInviteException.class)
                    .isThrownBy(() -> invite.sign(SigningKeyPair.generate().secretHex()));
        });
    }

    @Test
    void inviteV1_unsignedMembers_areIgnored() {
        assertThat(InviteV1.parse(at("/invite_v1/unsigned_members/payload")).signatureValid())
                .isTrue();
    }

    @TestFactory
    Stream<DynamicTest> inviteV1_malformedToken_isRefused() {
        return each(
                "/invite_v1/token_negative",
                vector -> assertThatExceptionOfType(MalformedInviteException.class)
                        .isThrownBy(() -> InviteV1.parseToken(text(vector, "token_b64url"))));
    }

    @TestFactory
    Stream<DynamicTest> inviteV2_vector_isSignedAndVerifiedExactly() {
        return each("/invite_v2/cases", vector -> {
            InviteV2 invite = invite(vector.get("fields"));
            String ownerSecret =
                    SigningKeyPair.fromSeed(hex(vector, "owner_seed_hex")).secretHex();

            assertThat(invite.canonical()).isEqualTo(text(vector, "canonical_utf8"));
            assertThat(invite.sign(ownerSecret)).isEqualTo(text(vector, "signature_hex"));
            assertThat(invite.signatureValid(text(vector, "signature_hex"))).isTrue();
            assertThat(invite.capabilityJson(ownerSecret)).isEqualTo(text(vector, "capability_json_utf8"));
            assertThat(invite.verifyCapability(text(vector, "capability_json_utf8")))
                    .isTrue();
        });
    }

    @TestFactory
    Stream<DynamicTest> inviteV2_claim_sealsAndOpensTheRootKeyExactly() {
        return each("/invite_v2/cases", vector -> {
            JsonNode claim = vector.get("claim");
            BoxKeyPair claimant = BoxKeyPair.fromSecret(hex(claim, "recipient_x25519_secret_hex"));
            byte[] recipient = InviteV2.recipientKey(text(claim, "recipient_x25519_pubkey_b64url"))
                    .orElseThrow();
            BoxKeyPair ephemeral = BoxKeyPair.fromSecret(hex(claim, "seal_ephemeral_secret_hex"));
            byte[] rootKey = Base64Text.decodeUrl(text(claim, "root_key_b64url"));

            assertThat(recipient).isEqualTo(claimant.publicKey());
            assertThat(InviteV2.sealRootKey(rootKey, recipient, ephemeral))
                    .isEqualTo(text(claim, "sealed_root_key_b64url"));
            assertThat(InviteV2.openRootKey(text(claim, "sealed_root_key_b64url"), claimant))
                    .hasValueSatisfying(
                            opened -> assertThat(Hex.encode(opened)).isEqualTo(text(claim, "opened_root_key_hex")));
            assertThat(InviteV2.sealRootKey(rootKey, recipient)).hasSize(107);
        });
    }

    @TestFactory
    Stream<DynamicTest> inviteV2_capabilityOfAnotherRow_isRefused() {
        return each(
                "/invite_v2/negative",
                vector -> assertThat(
                                invite(vector.get("row_fields")).verifyCapability(text(vector, "capability_json_utf8")))
                        .isFalse());
    }

    @TestFactory
    Stream<DynamicTest> inviteV2_badRecipientKey_isRefused() {
        return each(
                "/invite_v2/recipient_key_negative",
                vector -> assertThat(InviteV2.recipientKey(text(vector, "recipient_x25519_pubkey")))
                        .isEmpty());
    }

    @TestFactory
    Stream<DynamicTest> inviteV2_badSealedRootKey_isEmpty() {
        return each(
                "/invite_v2/open_negative",
                vector -> assertThat(InviteV2.openRootKey(
                                text(vector, "sealed_root_key_b64url"),
                                BoxKeyPair.fromSecret(hex(vector, "recipient_x25519_secret_hex"))))
                        .isEmpty());
    }

    @Test
    void inviteV2_expirySeconds_areRoundedDown() {
        assertThat(InviteV2.expirySeconds(1_778_354_917_999L)).isEqualTo(1_778_354_917L);
    }

    private static InviteV2 invite(JsonNode fields) {
        return new InviteV2(
                text(fields, "mesh_id"),
                text(fields, "invite_id"),
                fields.get("expires_at").longValue(),
                text(fields, "role"),
                text(fields, "owner_pubkey"));
    }
}
