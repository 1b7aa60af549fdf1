package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.encoding.EcmaNumber;
import com.claudemesh.protocol.encoding.Hex;
import org.jspecify.annotations.Nullable;

/**
 * A member's signed statement that a session key speaks for it until a time.
 *
 * @param sessionPubkey ed25519 public key of the session, 64 hexadecimal digits
 * @param parentMemberPubkey ed25519 public key of the member, 64 hexadecimal digits
 * @param expiresAt Unix milliseconds as sent; null if it was missing or no number
 * @param signature 128 hexadecimal digits
 */
public record SessionAttestation(
        @Nullable String sessionPubkey,
        @Nullable String parentMemberPubkey,
        @Nullable Number expiresAt,
        @Nullable String signature) {

    /** The longest accepted lifetime. */
    public static final long MAX_TTL_MILLIS = 24 * 60 * 60 * 1000L;

    /** The lifetime that our clients ask for; they attest anew at every connect. */
    public static final long DEFAULT_TTL_MILLIS = 12 * 60 * 60 * 1000L;

    /** The first check that failed, in the order of the checks. */
    public enum Result {
        OK,
        EXPIRED,
        TTL_TOO_LONG,
        MALFORMED,
        BAD_SIGNATURE
    }

    /** The signed text. */
    public static String canonical(String parentPubkey, String sessionPubkey, long expiresAtMillis) {
        return canonical(parentPubkey, sessionPubkey, Long.toString(expiresAtMillis));
    }

    /**
     * Makes an attestation.
     *
     * @param parentSecretHex the member's ed25519 secret key, 128 hexadecimal digits
     * @throws BadKeyException if the secret key is malformed
     */
    public static SessionAttestation sign(
            String parentPubkey, String sessionPubkey, long expiresAtMillis, String parentSecretHex) {
        String signature = Signatures.sign(canonical(parentPubkey, sessionPubkey, expiresAtMillis), parentSecretHex);
        return new SessionAttestation(sessionPubkey, parentPubkey, expiresAtMillis, signature);
    }

    /** Checks that the expiry is a number, then expiry, lifetime, shapes and signature, in that order. */
    public Result verify(long nowMillis) {
        if (expiresAt == null || !Double.isFinite(expiresAt.doubleValue())) {
            return Result.MALFORMED;
        }
        double expiry = expiresAt.doubleValue();
        if (expiry <= nowMillis) {
            return Result.EXPIRED;
        }
        if (expiry > nowMillis + MAX_TTL_MILLIS) {
            return Result.TTL_TOO_LONG;
        }
        if (parentMemberPubkey == null
                || sessionPubkey == null
                || !Hex.isKey(parentMemberPubkey)
                || !Hex.isKey(sessionPubkey)
                || !Hex.isSignature(signature)) {
            return Result.MALFORMED;
        }
        String text = canonical(parentMemberPubkey, sessionPubkey, EcmaNumber.text(expiry));
        return Signatures.verify(text, signature, parentMemberPubkey) ? Result.OK : Result.BAD_SIGNATURE;
    }

    private static String canonical(String parentPubkey, String sessionPubkey, String expiresAtMillis) {
        return "claudemesh-session-attest|" + parentPubkey + "|" + sessionPubkey + "|" + expiresAtMillis;
    }
}
