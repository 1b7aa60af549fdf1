package com.claudemesh.systemtests.harness;

import com.claudemesh.protocol.crypto.SessionAttestation;
import com.claudemesh.protocol.crypto.SessionHelloText;
import com.claudemesh.protocol.crypto.Signatures;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Hellos of session connections, correct in every field; tests change what they are about. */
public final class SessionHellos {
    private static final long ATTESTED_FOR_MILLIS = 3_600_000;

    private SessionHellos() {}

    public static ObjectNode of(TestMember member, SigningKeyPair session) {
        return of(member, session, System.currentTimeMillis() + ATTESTED_FOR_MILLIS);
    }

    /** @param expiresAt end of the attestation, epoch milliseconds */
    public static ObjectNode of(TestMember member, SigningKeyPair session, long expiresAt) {
        SessionAttestation attestation =
                SessionAttestation.sign(member.publicKey(), session.publicHex(), expiresAt, member.secretKey());
        long now = System.currentTimeMillis();
        String text = SessionHelloText.canonical(member.meshId(), member.publicKey(), session.publicHex(), now);
        ObjectNode hello = RawPeer.frame("session_hello");
        hello.put("meshId", member.meshId())
                .put("parentMemberId", member.memberId())
                .put("parentMemberPubkey", member.publicKey())
                .put("sessionPubkey", session.publicHex())
                .put("sessionId", "session-" + session.publicHex())
                .put("pid", 1)
                .put("cwd", "/project")
                .put("timestamp", now)
                .put("signature", Signatures.sign(text, session.secretHex()));
        hello.putObject("parentAttestation")
                .put("sessionPubkey", session.publicHex())
                .put("parentMemberPubkey", member.publicKey())
                .put("expiresAt", expiresAt)
                .put("signature", attestation.signature());
        return hello;
    }
}
