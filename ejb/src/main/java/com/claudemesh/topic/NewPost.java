package com.claudemesh.topic;

import com.claudemesh.protocol.frame.Priority;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A post of a caller without a socket.
 *
 * @param topic id or name, without {@code #}
 * @param mentions null to find them in a body of version 1; names lower case, without {@code @}
 * @param bodyVersion 1 or 2; null for 1
 * @param keyEpoch for version 2; null for 1
 * @param replyToId ignored when it names no post of the topic
 * @param clientMessageId makes a repeated post of the same member a no-op that returns the first one
 * @param requestFingerprint tells two requests with the same client message id apart
 */
public record NewPost(
        String topic,
        Priority priority,
        String nonce,
        String ciphertext,
        @Nullable List<String> mentions,
        @Nullable Integer bodyVersion,
        @Nullable Integer keyEpoch,
        @Nullable String replyToId,
        @Nullable String clientMessageId,
        @Nullable String requestFingerprint) {}
