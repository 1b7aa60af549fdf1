package com.claudemesh.web.v1;

import com.claudemesh.presence.WireTime;
import com.claudemesh.topic.KeyOutcome;
import com.claudemesh.topic.SealedKey;
import com.claudemesh.topic.TopicView;
import com.claudemesh.web.Answer;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers about sealed topic keys, in the words of http §5.3. */
final class KeyAnswers {
    private KeyAnswers() {}

    static Response of(KeyOutcome outcome, String topicName) {
        if (outcome instanceof KeyOutcome.Copy copy) {
            return Answer.builder(200, copy(copy.key()))
                    .header("Cache-Control", "no-store")
                    .build();
        }
        if (outcome instanceof KeyOutcome.Pending pending) {
            return Answer.ok(pending(pending));
        }
        if (outcome instanceof KeyOutcome.Sealed sealed) {
            return Answer.ok(sealed(sealed));
        }
        if (outcome instanceof KeyOutcome.Claimed claimed) {
            return Answer.ok(claimed(claimed));
        }
        if (outcome instanceof KeyOutcome.Invalid invalid) {
            throw ApiProblem.of(400, "error.validation", invalid.field() + ": " + invalid.text());
        }
        return refusal(outcome, topicName);
    }

    private static Response refusal(KeyOutcome outcome, String name) {
        if (outcome instanceof KeyOutcome.Unencrypted) {
            throw KeyTopics.refusal(
                    409, "topic_unencrypted", name, "the topic has no key: claim one, or post version 1");
        }
        if (outcome instanceof KeyOutcome.NotSealed) {
            throw KeyTopics.refusal(
                    404, "key_not_sealed_for_member", name, "wait until a member that holds the key shares it");
        }
        if (outcome instanceof KeyOutcome.RecipientNotInTopic) {
            throw KeyTopics.refusal(404, "recipient_not_in_topic", name, null);
        }
        if (outcome instanceof KeyOutcome.AlreadySealed) {
            throw KeyTopics.refusal(409, "already_sealed", name, "the member has a copy that only itself may replace");
        }
        if (outcome instanceof KeyOutcome.NotAHolder) {
            throw KeyTopics.refusal(403, "not_a_key_holder", name, "only members that hold the key may share it");
        }
        if (outcome instanceof KeyOutcome.AlreadyEncrypted encrypted) {
            return alreadyEncrypted(encrypted);
        }
        throw KeyTopics.notFound(name);
    }

    private static Response alreadyEncrypted(KeyOutcome.AlreadyEncrypted outcome) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", "already_encrypted");
        body.put("topic", outcome.topic().name());
        body.put("senderPubkey", outcome.senderPublicKey());
        body.put("keyEpoch", outcome.keyEpoch());
        body.put("hint", "fetch the key that is there");
        return Answer.json(409, body);
    }

    private static Map<String, Object> copy(SealedKey key) {
        Map<String, Object> body = KeyTopics.about(key.topic());
        body.put("encryptedKey", key.encryptedKey());
        body.put("nonce", key.nonce());
        body.put("senderPubkey", key.senderPublicKey());
        body.put("createdAt", WireTime.text(key.createdAt()));
        body.put("keyEpoch", key.keyEpoch());
        body.put("rotationDue", key.topic().rotationDue());
        body.put("sealedByMemberId", key.sealedByMemberId());
        body.put("sealedByPubkey", key.sealedByPublicKey());
        body.put("sealedAt", WireTime.text(key.sealedAt()));
        if (key.sealer() != null) {
            body.put("sealedByName", key.sealer().displayName());
            body.put("sealedByStanding", key.sealer().standing().wire());
        }
        return body;
    }

    private static Map<String, Object> pending(KeyOutcome.Pending pending) {
        Map<String, Object> body = KeyTopics.about(pending.topic());
        body.put("senderPubkey", pending.topic().keyPublicKey());
        body.put("keyEpoch", pending.keyEpoch());
        body.put("pending", pending.members().stream().map(KeyAnswers::waiting).toList());
        body.put(
                "pendingEarlier",
                pending.earlier().stream()
                        .map(waiting -> {
                            Map<String, Object> row = waiting(waiting.member());
                            row.put("keyEpoch", waiting.keyEpoch());
                            return row;
                        })
                        .toList());
        return body;
    }

    private static Map<String, Object> waiting(KeyOutcome.Waiting member) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("memberId", member.memberId());
        row.put("pubkey", member.publicKey());
        row.put("displayName", member.displayName());
        return row;
    }

    /** A topic without a key. */
    static Response nothingPending(TopicView topic) {
        Map<String, Object> body = KeyTopics.about(topic);
        body.put("senderPubkey", null);
        body.put("pending", List.of());
        body.put("pendingEarlier", List.of());
        return Answer.ok(body);
    }

    private static Map<String, Object> sealed(KeyOutcome.Sealed sealed) {
        Map<String, Object> body = KeyTopics.about(sealed.topic());
        body.put("memberId", sealed.memberId());
        body.put("sealedAt", WireTime.text(sealed.sealedAt()));
        body.put("keyEpoch", sealed.keyEpoch());
        return body;
    }

    private static Map<String, Object> claimed(KeyOutcome.Claimed claimed) {
        Map<String, Object> body = KeyTopics.about(claimed.topic());
        body.put("senderPubkey", claimed.senderPublicKey());
        body.put("memberId", claimed.memberId());
        body.put("claimed", true);
        body.put("keyEpoch", claimed.keyEpoch());
        return body;
    }
}
