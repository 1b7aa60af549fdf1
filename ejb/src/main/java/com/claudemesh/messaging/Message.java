package com.claudemesh.messaging;

import com.claudemesh.presence.WireTime;
import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.Push;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message as it was accepted. Immutable; the content is opaque to the server. */
public record Message(
        String id,
        String meshId,
        Sender sender,
        String targetSpec,
        Priority priority,
        String nonce,
        String ciphertext,
        Extras extras,
        Instant createdAt,
        Instant expiresAt) {

    /**
     * Who sent it, as known at that moment.
     *
     * @param presenceId the connection, which never gets its own message back
     */
    public record Sender(
            String memberId,
            String memberPublicKey,
            @Nullable String sessionPublicKey,
            String presenceId,
            String displayName) {

        public String routingKey() {
            return sessionPublicKey == null ? memberPublicKey : sessionPublicKey;
        }
    }

    /** Optional fields that are stored and passed on. */
    public record Extras(
            @Nullable String subtype,
            @Nullable String clientMessageId,
            @Nullable String requestFingerprint,
            @Nullable String replyToId,
            @Nullable Integer bodyVersion,
            @Nullable Post post) {

        /** Of a message that is no post. */
        public Extras(
                @Nullable String subtype,
                @Nullable String clientMessageId,
                @Nullable String requestFingerprint,
                @Nullable String replyToId,
                @Nullable Integer bodyVersion) {
            this(subtype, clientMessageId, requestFingerprint, replyToId, bodyVersion, null);
        }
    }

    /**
     * What makes a message a post to a topic.
     *
     * @param keyEpoch which of the topic's keys a body of version 2 needs
     * @param mentions names, lower case
     * @param notified members that are notified of being mentioned; empty in what is read back
     */
    public record Post(
            String topicId,
            String topicName,
            @Nullable Integer keyEpoch,
            List<String> mentions,
            List<String> notified) {}

    TargetKind targetKind() {
        return TargetKind.of(targetSpec);
    }

    /** The frame that every recipient gets, encoded. */
    public String encodePush() {
        Post post = extras.post();
        return FrameCodec.encode(new Push(
                id,
                meshId,
                sender.routingKey(),
                priority,
                nonce,
                ciphertext,
                WireTime.text(createdAt),
                extras.subtype(),
                null,
                null,
                sender.memberPublicKey(),
                sender.memberId(),
                sender.displayName(),
                targetSpec,
                post == null ? null : post.topicName(),
                extras.replyToId(),
                extras.clientMessageId(),
                extras.requestFingerprint(),
                extras.bodyVersion(),
                post == null ? null : post.topicId(),
                post == null ? null : post.keyEpoch(),
                post == null || post.mentions().isEmpty() ? null : post.mentions()));
    }
}
