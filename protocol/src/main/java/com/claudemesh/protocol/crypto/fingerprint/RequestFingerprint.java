package com.claudemesh.protocol.crypto.fingerprint;

import com.claudemesh.protocol.crypto.CanonicalJson;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.encoding.Hex;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What makes two sends with one {@code client_message_id} the same request.
 *
 * @param replyToId null for a message that answers nothing
 * @param meta null without metadata
 * @param body the text before encryption
 */
public record RequestFingerprint(
        Destination destination,
        @Nullable String replyToId,
        String priority,
        @Nullable JsonNode meta,
        String body) {

    public static final int ENVELOPE_VERSION = 1;

    /** Digits of a fingerprint that conflict answers show. */
    public static final int SHOWN_CHARS = 16;

    /**
     * Where a message goes.
     *
     * @param kind {@code topic}, {@code dm} or {@code queue}
     */
    public record Destination(String kind, String ref) {

        /** Reads a {@code to}: {@code @name} and {@code *} are topics, everything else is a direct message. */
        public static Destination parse(String to) {
            if (to.startsWith("@")) {
                return new Destination("topic", to.substring(1));
            }
            return new Destination(to.equals("*") ? "topic" : "dm", to);
        }
    }

    /** The fingerprint, 64 lowercase hexadecimal digits. */
    public String hex() {
        ByteArrayOutputStream hashed = new ByteArrayOutputStream();
        append(hashed, Integer.toString(ENVELOPE_VERSION));
        append(hashed, destination.kind);
        append(hashed, destination.ref);
        append(hashed, replyToId == null ? "" : replyToId);
        append(hashed, priority);
        append(hashed, meta == null || meta.isNull() ? "" : CanonicalJson.requestText(meta));
        hashed.writeBytes(Digests.sha256(body.getBytes(StandardCharsets.UTF_8)));
        return Hex.encode(Digests.sha256(hashed.toByteArray()));
    }

    private static void append(ByteArrayOutputStream hashed, String field) {
        hashed.writeBytes(field.getBytes(StandardCharsets.UTF_8));
        hashed.write(0);
    }
}
