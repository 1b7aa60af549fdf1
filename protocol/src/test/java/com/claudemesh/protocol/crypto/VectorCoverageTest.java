package com.claudemesh.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class VectorCoverageTest {

    /** Everything in the file that is checked by a test of this module. */
    private static final Set<String> CHECKED = Set.of(
            "encodings/hex",
            "encodings/base64_strict",
            "encodings/base64url_strict_nopad",
            "encodings/lenient_base64",
            "encodings/constants",
            "ed25519_keys/identities",
            "ed25519_to_x25519_negative/cases",
            "ed25519_signatures/cases",
            "ed25519_signatures/negative_lengths",
            "hello/cases",
            "hello/ambiguity",
            "session_attestation/cases",
            "session_hello/cases",
            "direct_message/cases",
            "direct_message/negative",
            "direct_message/encrypt_negative",
            "direct_message/target_classification",
            "plaintext_message/cases",
            "sealed_box/cases",
            "sealed_box/negative",
            "sealed_box/low_order_x25519_recipients",
            "secretbox/cases",
            "secretbox/negative",
            "topic_key/cases",
            "topic_key/negative",
            "topic_message_v2/cases",
            "topic_message_v2/negative",
            "invite_v1/cases",
            "invite_v1/negative",
            "invite_v1/owner_mismatch",
            "invite_v1/separator_ambiguity",
            "invite_v1/unsigned_members",
            "invite_v1/token_negative",
            "invite_v2/cases",
            "invite_v2/negative",
            "invite_v2/recipient_key_negative",
            "invite_v2/open_negative",
            "file/cases",
            "file/negative",
            "vault_entry/cases",
            "backup/cases",
            "backup/negative",
            "at_rest/cases",
            "at_rest/negative",
            "safety_number/cases",
            "canonical_json/cases",
            "audit_chain/entries",
            "audit_chain/verify",
            "audit_chain/advisory_lock_key",
            "api_key/cases",
            "api_key/negative",
            "jwt_sync/cases",
            "cli_session_token/cases",
            "telegram_connect_token/cases",
            "host_fingerprint/cases",
            "host_fingerprint/locally_administered",
            "request_fingerprint/cases",
            "request_fingerprint/json_difference",
            "mention_extraction/cases",
            "slug/cases",
            "webhook/cases",
            "bucket_name/cases");

    @Test
    void vectors_everyGroupInTheFile_isCheckedBySomeTest() {
        Set<String> present = new TreeSet<>();
        for (Map.Entry<String, JsonNode> group : Vectors.root().properties()) {
            if (!group.getKey().equals("meta")) {
                for (Map.Entry<String, JsonNode> part : group.getValue().properties()) {
                    if (part.getValue().isContainerNode()) {
                        present.add(group.getKey() + "/" + part.getKey());
                    }
                }
            }
        }

        assertThat(present).isEqualTo(new TreeSet<>(CHECKED));
    }
}
