package com.claudemesh.protocol.crypto.audit;

import com.claudemesh.protocol.crypto.CanonicalJson;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The hashed part of an audit row. The actor's display name is not part of it.
 *
 * @param actorMemberId null for events without an actor
 * @param payload a JSON object; dates in it are already text
 * @param createdAt UTC with exactly three fraction digits and {@code Z}, as {@link #timeText} writes it
 */
public record AuditEntry(
        String meshId, String eventType, @Nullable String actorMemberId, JsonNode payload, String createdAt) {

    /** The previous hash of a mesh's first row. */
    public static final String GENESIS = "genesis";

    private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The text of a time; digits beyond milliseconds are cut off, so cut the stored time in the same way. */
    public static String timeText(Instant time) {
        return MILLISECONDS.format(time);
    }

    /** The row's hash: 64 lowercase hexadecimal digits of SHA-256. */
    public String hash(String previousHash) {
        return hash(previousHash, contentText());
    }

    /** The hash of the row with that {@link #contentText}. */
    public static String hash(String previousHash, String contentText) {
        return Digests.sha256Hex(previousHash + "|" + contentText);
    }

    /** What is hashed behind the previous hash, which it does not depend on. */
    public String contentText() {
        String actor = actorMemberId == null ? "null" : actorMemberId;
        return String.join("|", meshId, eventType, actor, CanonicalJson.text(payload), createdAt);
    }
}
