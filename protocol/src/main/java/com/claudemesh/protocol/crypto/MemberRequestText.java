package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.encoding.Hex;

/**
 * What a member signs to prove an HTTP request that no account stands behind. The signature goes into the header
 * {@code X-Member-Signature}, the time into {@code X-Member-Timestamp}, the member's id into {@code X-Member-Id}.
 */
public final class MemberRequestText {
    /** How far the time may be away from the server's, in milliseconds. */
    public static final long MAX_SKEW_MILLIS = HelloVerifier.MAX_SKEW_MILLIS;

    private MemberRequestText() {}

    /**
     * The signed text.
     *
     * @param path of the request, as sent, without a query
     * @param timestampMillis Unix time
     */
    public static String canonical(String method, String path, String memberId, long timestampMillis, byte[] body) {
        return String.join(
                "|",
                "claudemesh-request",
                method,
                path,
                memberId,
                Long.toString(timestampMillis),
                Hex.encode(Digests.sha256(body)));
    }
}
