package com.claudemesh.web.mesh;

import com.claudemesh.mesh.MemberView;
import com.claudemesh.protocol.crypto.MemberRequestText;
import com.claudemesh.protocol.crypto.Signatures;
import jakarta.servlet.http.HttpServletRequest;

/** Whether a request was signed by a member's key; see {@link MemberRequestText}. */
final class MemberProof {
    private MemberProof() {}

    /** @param body the bytes of the request; none for a request without a body */
    static boolean isBy(MemberView member, HttpServletRequest request, byte[] body, long nowMillis) {
        String signature = request.getHeader("X-Member-Signature");
        String time = request.getHeader("X-Member-Timestamp");
        if (signature == null || time == null || !time.matches("[0-9]{1,15}")) {
            return false;
        }
        long timestampMillis = Long.parseLong(time);
        String text = MemberRequestText.canonical(
                request.getMethod(), request.getRequestURI(), member.memberId(), timestampMillis, body);
        return Math.abs(nowMillis - timestampMillis) <= MemberRequestText.MAX_SKEW_MILLIS
                && Signatures.verify(text, signature, member.publicKey());
    }
}
