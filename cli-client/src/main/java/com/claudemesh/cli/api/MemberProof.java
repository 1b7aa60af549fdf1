package com.claudemesh.cli.api;

import com.claudemesh.protocol.crypto.MemberRequestText;
import com.claudemesh.protocol.crypto.Signatures;
import java.net.http.HttpRequest;
import java.time.Clock;

/**
 * Proves with a member's key that a request is the member's, where no account stands behind it. The server takes the time
 * when it is within a minute of its own.
 *
 * @param secretKey 128 hexadecimal digits
 */
public record MemberProof(String memberId, String secretKey, Clock clock) {

    /** Signs method, path without query, member, time and body. */
    void sign(HttpRequest.Builder request, String method, String rawPath, byte[] body) {
        long now = clock.millis();
        String text = MemberRequestText.canonical(method, rawPath, memberId, now, body);
        request.header("X-Member-Id", memberId)
                .header("X-Member-Timestamp", Long.toString(now))
                .header("X-Member-Signature", Signatures.sign(text, secretKey));
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "MemberProof[" + memberId + "]";
    }
}
