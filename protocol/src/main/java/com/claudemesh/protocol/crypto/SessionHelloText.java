package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.encoding.EcmaNumber;
import com.claudemesh.protocol.encoding.Hex;
import org.jspecify.annotations.Nullable;

/** The text that a session key signs to say hello, and its verification. */
public final class SessionHelloText {

    private SessionHelloText() {}

    /** The canonical text; keys exactly as sent. */
    public static String canonical(String meshId, String parentPubkey, String sessionPubkey, long timestampMillis) {
        return canonical(meshId, parentPubkey, sessionPubkey, Long.toString(timestampMillis));
    }

    /**
     * Checks timestamp, shapes and the session key's signature, in that order. Keys must be lowercase.
     *
     * @param timestampMillis the JSON number as sent, or null if it was missing or of another type
     */
    public static HelloVerifier.Result verify(
            String meshId,
            @Nullable String parentPubkey,
            @Nullable String sessionPubkey,
            @Nullable Number timestampMillis,
            @Nullable String signature,
            long nowMillis) {
        if (timestampMillis == null || !HelloVerifier.isCurrent(timestampMillis, nowMillis)) {
            return HelloVerifier.Result.TIMESTAMP_SKEW;
        }
        if (parentPubkey == null
                || sessionPubkey == null
                || !Hex.isLowerKey(parentPubkey)
                || !Hex.isLowerKey(sessionPubkey)
                || !Hex.isSignature(signature)
                || HelloText.hasSeparator(meshId)) {
            return HelloVerifier.Result.MALFORMED;
        }
        String timestamp = EcmaNumber.text(timestampMillis.doubleValue());
        String text = canonical(meshId, parentPubkey, sessionPubkey, timestamp);
        return Signatures.verify(text, signature, sessionPubkey)
                ? HelloVerifier.Result.OK
                : HelloVerifier.Result.BAD_SIGNATURE;
    }

    private static String canonical(String meshId, String parentPubkey, String sessionPubkey, String timestamp) {
        return "claudemesh-session-hello|" + meshId + "|" + parentPubkey + "|" + sessionPubkey + "|" + timestamp;
    }
}
