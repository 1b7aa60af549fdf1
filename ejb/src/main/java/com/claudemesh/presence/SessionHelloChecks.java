package com.claudemesh.presence;

import com.claudemesh.protocol.crypto.HelloVerifier;
import com.claudemesh.protocol.crypto.SessionAttestation;
import com.claudemesh.protocol.crypto.SessionHelloText;
import com.claudemesh.protocol.encoding.Hex;
import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.SessionHello;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The checks of a {@code session_hello} that need no member, in the protocol's order. */
final class SessionHelloChecks {
    private SessionHelloChecks() {}

    static Optional<HelloOutcome.Rejected> firstFlaw(SessionHello hello, BooleanSupplier hasRoom, long nowMillis) {
        if (!isLowerKey(hello.sessionPubkey())) {
            return flaw(ErrorCode.BAD_SESSION_PUBKEY, "sessionPubkey: must be 64 lower-case hex digits");
        }
        if (!isLowerKey(hello.parentMemberPubkey())) {
            return flaw(ErrorCode.BAD_PARENT_PUBKEY, "parentMemberPubkey: must be 64 lower-case hex digits");
        }
        SessionHello.Attestation attestation = hello.parentAttestation();
        if (attestation == null
                || !Objects.equals(attestation.sessionPubkey(), hello.sessionPubkey())
                || !Objects.equals(attestation.parentMemberPubkey(), hello.parentMemberPubkey())) {
            return flaw(ErrorCode.ATTESTATION_MISMATCH, "parentAttestation: is missing or names other keys");
        }
        if (!hasRoom.getAsBoolean()) {
            return flaw(ErrorCode.CAPACITY, "the mesh has reached its number of connections");
        }
        return attestationFlaw(attestation, nowMillis).or(() -> signatureFlaw(hello, nowMillis));
    }

    private static Optional<HelloOutcome.Rejected> attestationFlaw(SessionHello.Attestation sent, long nowMillis) {
        SessionAttestation attestation = new SessionAttestation(
                sent.sessionPubkey(), sent.parentMemberPubkey(), Admission.number(sent.expiresAt()), sent.signature());
        return switch (attestation.verify(nowMillis)) {
            case OK -> Optional.empty();
            case EXPIRED -> flaw(ErrorCode.EXPIRED, "parentAttestation.expiresAt: is in the past");
            case TTL_TOO_LONG -> flaw(ErrorCode.TTL_TOO_LONG, "parentAttestation.expiresAt: is more than 24 h ahead");
            case MALFORMED -> flaw(ErrorCode.MALFORMED, "parentAttestation: expiresAt or signature is malformed");
            case BAD_SIGNATURE -> flaw(ErrorCode.BAD_SIGNATURE, "parentAttestation.signature: does not verify");
        };
    }

    private static Optional<HelloOutcome.Rejected> signatureFlaw(SessionHello hello, long nowMillis) {
        HelloVerifier.Result result = SessionHelloText.verify(
                hello.meshId(),
                hello.parentMemberPubkey(),
                hello.sessionPubkey(),
                Admission.number(hello.timestamp()),
                hello.signature(),
                nowMillis);
        return switch (result) {
            case OK -> Optional.empty();
            case TIMESTAMP_SKEW ->
                flaw(
                        ErrorCode.TIMESTAMP_SKEW,
                        "timestamp: must be epoch milliseconds within 60 s of the server's clock");
            case MALFORMED -> flaw(ErrorCode.MALFORMED, "signature: not 128 hex digits");
            case BAD_SIGNATURE -> flaw(ErrorCode.BAD_SIGNATURE, "signature: does not verify with sessionPubkey");
        };
    }

    private static boolean isLowerKey(@Nullable String key) {
        return key != null && Hex.isLowerKey(key);
    }

    private static Optional<HelloOutcome.Rejected> flaw(ErrorCode code, String message) {
        return Optional.of(new HelloOutcome.Rejected(code, message));
    }
}
