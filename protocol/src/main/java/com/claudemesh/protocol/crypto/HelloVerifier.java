package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.encoding.Hex;
import org.jspecify.annotations.Nullable;

/** The cryptographic part of a hello's acceptance, before the member is looked up. */
public final class HelloVerifier {

    /** How far a hello's clock may be off, in both directions, inclusive. */
    public static final long MAX_SKEW_MILLIS = 60_000;

    /** The first check that failed, in the order of the checks. */
    public enum Result {
        OK,
        /** The timestamp is missing, not a number, or more than {@link #MAX_SKEW_MILLIS} away. */
        TIMESTAMP_SKEW,
        /** Key or signature has not its shape, or an id contains the separator of the signed text. */
        MALFORMED,
        BAD_SIGNATURE
    }

    private HelloVerifier() {}

    /**
     * Checks timestamp, shapes and signature, in that order.
     *
     * @param timestampMillis the JSON number as sent, or null if it was missing or of another type
     * @param nowMillis the verifier's clock
     */
    public static Result verify(
            String meshId,
            String memberId,
            @Nullable String pubkey,
            @Nullable Number timestampMillis,
            @Nullable String signature,
            long nowMillis) {
        if (timestampMillis == null || !isCurrent(timestampMillis, nowMillis)) {
            return Result.TIMESTAMP_SKEW;
        }
        if (pubkey == null
                || !Hex.isKey(pubkey)
                || !Hex.isSignature(signature)
                || HelloText.hasSeparator(meshId, memberId)) {
            return Result.MALFORMED;
        }
        String text = HelloText.canonical(meshId, memberId, pubkey, timestampMillis);
        return Signatures.verify(text, signature, pubkey) ? Result.OK : Result.BAD_SIGNATURE;
    }

    /** False for infinities and NaN, and for anything more than {@link #MAX_SKEW_MILLIS} away. */
    static boolean isCurrent(Number timestampMillis, long nowMillis) {
        return Math.abs(nowMillis - timestampMillis.doubleValue()) <= MAX_SKEW_MILLIS;
    }
}
