package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message to one target. {@code nonce} and {@code ciphertext} are opaque to the server.
 *
 * @param id correlation id that the {@link Ack} echoes
 * @param clientMessageId makes a repeated send of the same member a no-op that returns the first message id
 * @param mentions of a topic post: names without {@code @}, lower case
 * @param bodyVersion of a topic post: 1 Base64 of the text, 2 encrypted with the topic's key; 1 when absent
 * @param keyEpoch of a topic post of version 2: which key; 1 when absent
 */
public record Send(
        String targetSpec,
        Priority priority,
        String nonce,
        String ciphertext,
        @Nullable String id,
        @Nullable @JsonProperty("client_message_id") String clientMessageId,
        @Nullable @JsonProperty("request_fingerprint") String requestFingerprint,
        @Nullable List<String> mentions,
        @Nullable String replyToId,
        @Nullable Integer bodyVersion,
        @Nullable Integer keyEpoch)
        implements ClientFrame {

    public Send {
        Fields.required("targetSpec", targetSpec);
        priority = priority == null ? Priority.NEXT : priority;
        nonce = nonce == null ? "" : nonce;
        Fields.required("ciphertext", ciphertext);
        Fields.optionalText("id", id, Limits.MAX_NAME_CHARS);
        Fields.optionalText("client_message_id", clientMessageId, Limits.MAX_NAME_CHARS);
        Fields.optionalText("request_fingerprint", requestFingerprint, Limits.MAX_NAME_CHARS);
        mentions = TopicFields.mentions("mentions", mentions);
        Fields.optionalText("replyToId", replyToId, Limits.MAX_NAME_CHARS);
    }

    /** A send that belongs to no key epoch. */
    public Send(
            String targetSpec,
            Priority priority,
            String nonce,
            String ciphertext,
            @Nullable String id,
            @Nullable String clientMessageId,
            @Nullable String requestFingerprint,
            @Nullable List<String> mentions,
            @Nullable String replyToId,
            @Nullable Integer bodyVersion) {
        this(
                targetSpec,
                priority,
                nonce,
                ciphertext,
                id,
                clientMessageId,
                requestFingerprint,
                mentions,
                replyToId,
                bodyVersion,
                null);
    }

    /** What the size limit counts: ciphertext, nonce and target, in characters. */
    public long sizeChars() {
        return (long) ciphertext.length() + nonce.length() + targetSpec.length();
    }

    /** A direct or multicast message without any optional field. */
    public static Send of(String id, String targetSpec, Priority priority, String nonce, String ciphertext) {
        return new Send(targetSpec, priority, nonce, ciphertext, id, null, null, null, null, null);
    }
}
