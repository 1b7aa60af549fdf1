package com.claudemesh.presence;

import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.protocol.crypto.Curve25519Keys;
import com.claudemesh.protocol.crypto.HelloText;
import com.claudemesh.protocol.crypto.HelloVerifier;
import com.claudemesh.protocol.crypto.Signatures;
import com.claudemesh.protocol.encoding.Hex;
import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.Capability;
import com.claudemesh.protocol.frame.Hello;
import com.claudemesh.protocol.frame.SessionHello;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a connection may become a peer: the checks of the hello in the protocol's order. Blocking (database);
 * safe for any thread but a socket thread.
 */
public final class Admission {
    /** How long an unproven session key stays reserved for the member that used it. */
    private static final Duration SESSION_KEY_RESERVATION = Duration.ofDays(7);

    private final MeshDirectory directory;
    private final PresenceStore store;
    private final Registration registration;
    private final KeyBinder binder;
    private final Clock clock;

    /** @param binder knows the members that wait for their key */
    Admission(MeshDirectory directory, PresenceStore store, Registration registration, KeyBinder binder, Clock clock) {
        this.binder = binder;
        this.directory = directory;
        this.store = store;
        this.registration = registration;
        this.clock = clock;
    }

    /**
     * A member's own connection.
     *
     * @param clientAddress network address of the client, empty when unknown
     */
    public HelloOutcome admit(Hello hello, PeerChannel channel, String clientAddress) throws SQLException {
        String sessionKey = blankToNull(hello.sessionPubkey());
        if (sessionKey != null && !Hex.isLowerKey(sessionKey)) {
            return rejected(ErrorCode.BAD_SESSION_PUBKEY, "sessionPubkey: must be 64 lower-case hex digits");
        }
        ClientInfo client = ClientInfo.of(hello);
        if (!hasRoom(hello.meshId(), hello.pubkey(), client, sessionKey)) {
            return Registration.full();
        }
        HelloVerifier.Result proof = HelloVerifier.verify(
                hello.meshId(),
                signedMemberId(hello),
                hello.pubkey(),
                number(hello.timestamp()),
                hello.signature(),
                clock.millis());
        if (proof != HelloVerifier.Result.OK) {
            return rejected(proof);
        }
        bindKey(hello);
        MemberLookup lookup = findMember(hello.meshId(), hello.pubkey());
        if (lookup.rejection() != null) {
            return lookup.rejection();
        }
        boolean verified = sessionKey != null && hello.sessionSignature() != null;
        if (verified && !provesSessionKey(hello, sessionKey)) {
            return rejected(ErrorCode.BAD_SIGNATURE, "sessionSignature: does not verify with sessionPubkey");
        }
        return register(
                new Applicant(
                        lookup.mesh(),
                        lookup.member(),
                        sessionKey,
                        verified,
                        blankToNull(hello.displayName()),
                        client,
                        new PeerOrigin(false, clientAddress),
                        hello.groups()),
                channel);
    }

    /** The hello's signature is good: whoever has claimed an invitation without naming its key has named it now. */
    private void bindKey(Hello hello) {
        String memberId = blankToNull(hello.memberId());
        if (memberId != null
                && directory.mesh(hello.meshId()).isPresent()
                && directory.memberByKey(hello.meshId(), hello.pubkey()).isEmpty()
                && Hex.isLowerKey(hello.pubkey())
                && Curve25519Keys.isConvertible(hello.pubkey())) {
            binder.bind(hello.meshId(), memberId, hello.pubkey());
        }
    }

    private static String signedMemberId(Hello hello) {
        return hello.memberId() == null ? "" : hello.memberId();
    }

    private static boolean provesSessionKey(Hello hello, String sessionKey) {
        String text =
                HelloText.canonical(hello.meshId(), signedMemberId(hello), hello.pubkey(), number(hello.timestamp()));
        return Signatures.verify(text, hello.sessionSignature(), sessionKey);
    }

    /**
     * A session connection, vouched for by a member key.
     *
     * @param clientAddress network address of the client, empty when unknown
     */
    public HelloOutcome admit(SessionHello hello, PeerChannel channel, String clientAddress) throws SQLException {
        ClientInfo client = ClientInfo.of(hello);
        Optional<HelloOutcome.Rejected> flaw = SessionHelloChecks.firstFlaw(
                hello,
                () -> hasRoom(hello.meshId(), hello.parentMemberPubkey(), client, hello.sessionPubkey()),
                clock.millis());
        if (flaw.isPresent()) {
            return flaw.get();
        }
        MemberLookup lookup = findMember(hello.meshId(), hello.parentMemberPubkey());
        if (lookup.rejection() != null) {
            return lookup.rejection();
        }
        String parentId = blankToNull(hello.parentMemberId());
        if (parentId != null && !parentId.equals(lookup.member().memberId())) {
            return rejected(ErrorCode.PARENT_MEMBER_ID_MISMATCH, "parentMemberId: is not the member of that key");
        }
        return register(
                new Applicant(
                        lookup.mesh(),
                        lookup.member(),
                        hello.sessionPubkey(),
                        true,
                        blankToNull(hello.displayName()),
                        client,
                        new PeerOrigin(true, clientAddress),
                        hello.groups()),
                channel);
    }

    private boolean hasRoom(String meshId, String memberKey, ClientInfo client, @Nullable String sessionKey) {
        return registration.hasRoom(
                meshId, memberKey, client.sessionId(), sessionKey, !client.announces(Capability.NO_PUSH));
    }

    private HelloOutcome register(Applicant applicant, PeerChannel channel) throws SQLException {
        String sessionKey = applicant.sessionKey();
        if (sessionKey != null && !mayUse(applicant.member(), sessionKey, applicant.sessionVerified())) {
            return rejected(ErrorCode.BAD_SESSION_PUBKEY, "sessionPubkey: belongs to another member");
        }
        return registration.register(applicant, channel);
    }

    private record MemberLookup(
            @Nullable MeshView mesh, @Nullable MemberView member, HelloOutcome.@Nullable Rejected rejection) {}

    private MemberLookup findMember(String meshId, String publicKey) {
        Optional<MeshView> mesh = directory.mesh(meshId);
        Optional<MemberView> member = mesh.flatMap(m -> directory.memberByKey(m.meshId(), publicKey));
        if (member.isEmpty()) {
            return new MemberLookup(null, null, rejected(ErrorCode.UNAUTHORIZED, "not a member of this mesh"));
        }
        if (member.get().revoked()) {
            return new MemberLookup(
                    null, null, rejected(ErrorCode.REVOKED, mesh.get().farewell()));
        }
        return new MemberLookup(mesh.get(), member.get(), null);
    }

    private boolean mayUse(MemberView member, String sessionKey, boolean verified) throws SQLException {
        if (sessionKey.equals(member.publicKey())) {
            return true;
        }
        if (directory.memberByKey(member.meshId(), sessionKey).isPresent()) {
            return false;
        }
        if (verified) {
            return true;
        }
        Instant since = clock.instant().minus(SESSION_KEY_RESERVATION);
        return store.ownerOfSessionKey(member.meshId(), sessionKey, since)
                .map(member.memberId()::equals)
                .orElse(true);
    }

    private static HelloOutcome.Rejected rejected(HelloVerifier.Result result) {
        return switch (result) {
            case TIMESTAMP_SKEW ->
                rejected(
                        ErrorCode.TIMESTAMP_SKEW,
                        "timestamp: must be epoch milliseconds within 60 s of the server's clock");
            case MALFORMED -> rejected(ErrorCode.MALFORMED, "pubkey or signature: not hex of the right length");
            case BAD_SIGNATURE -> rejected(ErrorCode.BAD_SIGNATURE, "signature: does not verify");
            case OK -> throw new IllegalArgumentException("OK is no rejection");
        };
    }

    private static HelloOutcome.Rejected rejected(ErrorCode code, String message) {
        return new HelloOutcome.Rejected(code, message);
    }

    static @Nullable Number number(@Nullable JsonNode node) {
        return node != null && node.isNumber() ? node.numberValue() : null;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
