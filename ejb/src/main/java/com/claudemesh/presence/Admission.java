package com.claudemesh.presence;

import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.crypto.HelloText;
import com.claudemesh.protocol.crypto.HelloVerifier;
import com.claudemesh.protocol.crypto.Signatures;
import com.claudemesh.protocol.encoding.Hex;
import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.Hello;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.SessionHello;
import com.claudemesh.protocol.id.Ids;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a connection becomes a peer: the checks of the hello in the protocol's order, then registration.
 * Blocking (database); safe for any thread but a socket thread.
 */
public final class Admission {
    /** How long an unproven session key stays reserved for the member that used it. */
    private static final Duration SESSION_KEY_RESERVATION = Duration.ofDays(7);

    private final MeshDirectory directory;
    private final PeerRegistry registry;
    private final PresenceStore store;
    private final Clock clock;
    private final int maxConnectionsPerMesh;

    public Admission(
            MeshDirectory directory,
            PeerRegistry registry,
            PresenceStore store,
            Clock clock,
            int maxConnectionsPerMesh) {
        this.directory = directory;
        this.registry = registry;
        this.store = store;
        this.clock = clock;
        this.maxConnectionsPerMesh = maxConnectionsPerMesh;
    }

    /** A member's own connection. */
    public HelloOutcome admit(Hello hello, PeerChannel channel) throws SQLException {
        String sessionKey = blankToNull(hello.sessionPubkey());
        if (sessionKey != null && !Hex.isLowerKey(sessionKey)) {
            return rejected(ErrorCode.BAD_SESSION_PUBKEY, "sessionPubkey: must be 64 lower-case hex digits");
        }
        if (!registry.hasRoom(hello.meshId(), hello.pubkey(), hello.sessionId(), maxConnectionsPerMesh)) {
            return full();
        }
        HelloVerifier.Result proof = HelloVerifier.verify(
                hello.meshId(),
                hello.memberId() == null ? "" : hello.memberId(),
                hello.pubkey(),
                number(hello.timestamp()),
                hello.signature(),
                clock.millis());
        if (proof != HelloVerifier.Result.OK) {
            return rejected(proof);
        }
        MemberLookup lookup = findMember(hello.meshId(), hello.pubkey());
        if (lookup.rejection() != null) {
            return lookup.rejection();
        }
        boolean verified = false;
        if (sessionKey != null && hello.sessionSignature() != null) {
            String text = HelloText.canonical(
                    hello.meshId(),
                    hello.memberId() == null ? "" : hello.memberId(),
                    hello.pubkey(),
                    number(hello.timestamp()));
            if (!Signatures.verify(text, hello.sessionSignature(), sessionKey)) {
                return rejected(ErrorCode.BAD_SIGNATURE, "sessionSignature: does not verify with sessionPubkey");
            }
            verified = true;
        }
        ClientInfo client = new ClientInfo(
                hello.sessionId(),
                hello.pid() == null ? 0 : hello.pid(),
                hello.cwd() == null ? "" : hello.cwd(),
                hello.hostname(),
                hello.peerType(),
                hello.channel(),
                hello.model(),
                hello.capabilities() == null ? Set.of() : Set.copyOf(hello.capabilities()));
        Applicant applicant =
                new Applicant(lookup, sessionKey, verified, hello.displayName(), client, hello.groups(), false);
        return register(applicant, channel);
    }

    /** A session connection, vouched for by a member key. */
    public HelloOutcome admit(SessionHello hello, PeerChannel channel) throws SQLException {
        Optional<HelloOutcome.Rejected> flaw = SessionHelloChecks.firstFlaw(
                hello,
                () -> registry.hasRoom(
                        hello.meshId(), hello.parentMemberPubkey(), hello.sessionId(), maxConnectionsPerMesh),
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
        ClientInfo client = new ClientInfo(
                hello.sessionId(),
                hello.pid() == null ? 0 : hello.pid(),
                hello.cwd() == null ? "" : hello.cwd(),
                hello.hostname(),
                hello.peerType(),
                hello.channel(),
                hello.model(),
                hello.capabilities() == null ? Set.of() : Set.copyOf(hello.capabilities()));
        Applicant applicant =
                new Applicant(lookup, hello.sessionPubkey(), true, hello.displayName(), client, hello.groups(), true);
        return register(applicant, channel);
    }

    private record MemberLookup(
            @Nullable MeshView mesh, @Nullable MemberView member, HelloOutcome.@Nullable Rejected rejection) {}

    private record Applicant(
            MemberLookup lookup,
            @Nullable String sessionKey,
            boolean sessionVerified,
            @Nullable String displayName,
            ClientInfo client,
            @Nullable List<GroupLabel> groups,
            boolean sessionConnection) {

        /** Whether an earlier session's labels and statistics are handed back to this connection. */
        boolean restores() {
            return !sessionConnection && !client.announces(com.claudemesh.protocol.frame.Capability.NO_PUSH);
        }
    }

    private MemberLookup findMember(String meshId, String publicKey) {
        Optional<MeshView> mesh = directory.mesh(meshId);
        Optional<MemberView> member = mesh.flatMap(m -> directory.memberByKey(m.meshId(), publicKey));
        if (member.isEmpty()) {
            return new MemberLookup(null, null, rejected(ErrorCode.UNAUTHORIZED, "not a member of this mesh"));
        }
        if (member.get().revoked()) {
            String text = "your access to mesh '" + mesh.get().name() + "' was revoked; contact the mesh owner";
            return new MemberLookup(null, null, rejected(ErrorCode.REVOKED, text));
        }
        return new MemberLookup(mesh.get(), member.get(), null);
    }

    private HelloOutcome register(Applicant applicant, PeerChannel channel) throws SQLException {
        MemberView member = applicant.lookup().member();
        String sessionKey = applicant.sessionKey();
        if (sessionKey != null && !mayUse(member, sessionKey, applicant.sessionVerified())) {
            return rejected(ErrorCode.BAD_SESSION_PUBKEY, "sessionPubkey: belongs to another member");
        }
        SavedState saved = store.savedState(member.meshId(), member.memberId()).orElse(null);
        SavedState restored = applicant.restores() ? saved : null;
        Peer peer = peer(applicant, member, restored, channel);
        PeerRegistry.Added added = registry.add(peer, maxConnectionsPerMesh);
        if (added instanceof PeerRegistry.Added.Full) {
            return full();
        }
        if (added instanceof PeerRegistry.Added.SessionKeyTaken) {
            return rejected(ErrorCode.BAD_SESSION_PUBKEY, "sessionPubkey: is in use by another member");
        }
        try {
            store.opened(peer);
        } catch (SQLException e) {
            registry.remove(peer);
            throw e;
        }
        List<Peer> replaced = ((PeerRegistry.Added.Live) added).replaced();
        return new HelloOutcome.Accepted(peer, answer(applicant, peer, restored), replaced, saved);
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

    private Peer peer(Applicant applicant, MemberView member, @Nullable SavedState restored, PeerChannel channel) {
        String name = blankToNull(applicant.displayName());
        PeerIdentity identity = new PeerIdentity(
                member.meshId(),
                member.memberId(),
                member.publicKey(),
                applicant.sessionKey(),
                applicant.sessionVerified(),
                name == null ? member.displayName() : name);
        return new Peer(
                Ids.next(),
                identity,
                applicant.client(),
                groups(applicant, member, restored),
                clock.instant(),
                channel);
    }

    private static List<GroupLabel> groups(Applicant applicant, MemberView member, @Nullable SavedState restored) {
        List<GroupLabel> wanted = applicant.groups();
        if (wanted != null && (applicant.sessionConnection() || !wanted.isEmpty())) {
            return wanted;
        }
        if (restored != null && !restored.groups().isEmpty()) {
            return restored.groups();
        }
        return member.defaultGroups();
    }

    private static HelloAck answer(Applicant applicant, Peer peer, @Nullable SavedState restored) {
        MemberView member = applicant.lookup().member();
        boolean groupsRestored = restored != null
                && (applicant.groups() == null || applicant.groups().isEmpty())
                && !restored.groups().isEmpty();
        return new HelloAck(
                peer.presenceId(),
                peer.identity().displayName(),
                new HelloAck.MemberProfile(member.roleTag(), member.defaultGroups(), member.messageMode()),
                new HelloAck.MeshPolicy(applicant.lookup().mesh().policy()),
                Limits.PROTOCOL_VERSION,
                restored == null ? null : true,
                restored == null ? null : restored.lastSummary(),
                restored == null ? null : WireTime.text(restored.lastSeenAt()),
                groupsRestored ? restored.groups() : null,
                restored == null ? null : restored.stats(),
                applicant.sessionConnection() ? null : List.of());
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

    private static HelloOutcome.Rejected full() {
        return rejected(ErrorCode.CAPACITY, "the mesh has reached its number of connections");
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
