package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message or event that arrives unasked. Peer messages carry {@code senderPubkey} (session key if the sender has one,
 * else its member key) and the sender's member identity; system events carry {@code event} and {@code eventData}.
 *
 * @param topic name of the topic of a topic post
 * @param keyEpoch which of the topic's keys a body of version 2 needs
 * @param mentions names that a topic post mentions, lower case; absent when there are none
 */
public record Push(
        String messageId,
        String meshId,
        String senderPubkey,
        Priority priority,
        String nonce,
        String ciphertext,
        String createdAt,
        @Nullable String subtype,
        @Nullable String event,
        @Nullable JsonNode eventData,
        @Nullable String senderMemberPubkey,
        @Nullable String senderMemberId,
        @Nullable String senderName,
        @Nullable String targetSpec,
        @Nullable String topic,
        @Nullable String replyToId,
        @Nullable @JsonProperty("client_message_id") String clientMessageId,
        @Nullable @JsonProperty("request_fingerprint") String requestFingerprint,
        @Nullable Integer bodyVersion,
        @Nullable String topicId,
        @Nullable Integer keyEpoch,
        @Nullable List<String> mentions)
        implements ServerFrame {

    public static final String SYSTEM = "system";

    /** A push that is no topic post. */
    public Push(
            String messageId,
            String meshId,
            String senderPubkey,
            Priority priority,
            String nonce,
            String ciphertext,
            String createdAt,
            @Nullable String subtype,
            @Nullable String event,
            @Nullable JsonNode eventData,
            @Nullable String senderMemberPubkey,
            @Nullable String senderMemberId,
            @Nullable String senderName,
            @Nullable String targetSpec,
            @Nullable String topic,
            @Nullable String replyToId,
            @Nullable String clientMessageId,
            @Nullable String requestFingerprint,
            @Nullable Integer bodyVersion) {
        this(
                messageId,
                meshId,
                senderPubkey,
                priority,
                nonce,
                ciphertext,
                createdAt,
                subtype,
                event,
                eventData,
                senderMemberPubkey,
                senderMemberId,
                senderName,
                targetSpec,
                topic,
                replyToId,
                clientMessageId,
                requestFingerprint,
                bodyVersion,
                null,
                null,
                null);
    }

    @JsonIgnore
    public boolean isSystem() {
        return SYSTEM.equals(subtype) || SYSTEM.equals(senderPubkey);
    }

    /** A live-only event of the mesh itself, priority {@code low}. */
    public static Push system(String messageId, String meshId, String createdAt, String event, JsonNode eventData) {
        return new Push(
                messageId,
                meshId,
                SYSTEM,
                Priority.LOW,
                "",
                "",
                createdAt,
                SYSTEM,
                event,
                eventData,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
