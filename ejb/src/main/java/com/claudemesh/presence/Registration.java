package com.claudemesh.presence;

import com.claudemesh.mesh.MemberView;
import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.id.Ids;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes an applicant a live peer: a presence that is expected back gets its new connection, everybody else a new presence
 * with what the member left behind. Blocking; never on a socket thread.
 */
final class Registration {
    private final PeerRegistry registry;
    private final PresenceStore rows;
    private final PeerStateStore states;
    private final Departure departure;
    private final StatusEngine statuses;
    private final Clock clock;
    private final int maxConnectionsPerMesh;

    Registration(
            PeerRegistry registry,
            PresenceStore rows,
            PeerStateStore states,
            Departure departure,
            StatusEngine statuses,
            Clock clock,
            int maxConnectionsPerMesh) {
        this.registry = registry;
        this.rows = rows;
        this.states = states;
        this.departure = departure;
        this.statuses = statuses;
        this.clock = clock;
        this.maxConnectionsPerMesh = maxConnectionsPerMesh;
    }

    /** Whether the mesh has a place for this connection, one that it would give free itself included. */
    boolean hasRoom(String meshId, String memberKey, String sessionId, @Nullable String sessionKey, boolean replaces) {
        return registry.hasRoom(
                meshId,
                peer -> replaces
                        && peer.receivesMessages()
                        && peer.identity().memberPublicKey().equals(memberKey)
                        && (peer.client().sessionId().equals(sessionId)
                                || sessionKey != null
                                        && sessionKey.equals(peer.identity().sessionPublicKey())),
                maxConnectionsPerMesh);
    }

    HelloOutcome register(Applicant applicant, PeerChannel channel) throws SQLException {
        Optional<Peer> predecessor = predecessor(applicant);
        while (predecessor.isPresent()) {
            Optional<HelloOutcome> returned = reattach(applicant, predecessor.get(), channel);
            if (returned.isPresent()) {
                return returned.get();
            }
            predecessor = predecessor(applicant);
        }
        return begin(applicant, channel);
    }

    /**
     * The presence that this connection continues: always of the same member; by its session key, else by its session id
     * when neither has a key. Only a session connection, which proves its key, takes over one that is still online.
     */
    private Optional<Peer> predecessor(Applicant applicant) {
        if (!applicant.receivesMessages()) {
            return Optional.empty();
        }
        MemberView member = applicant.member();
        if (applicant.sessionKey() != null) {
            return registry.peerBySessionKey(member.meshId(), applicant.sessionKey())
                    .filter(peer -> peer.memberId().equals(member.memberId()))
                    .filter(peer -> peer.receivesMessages() && !peer.ending())
                    .filter(peer -> peer.away() || applicant.origin().sessionConnection());
        }
        return registry
                .peersOfSession(
                        member.meshId(), member.memberId(), applicant.client().sessionId())
                .stream()
                .filter(peer -> peer.away() && !peer.ending())
                .filter(peer -> peer.identity().sessionPublicKey() == null)
                .findFirst();
    }

    /** Empty when the presence was lost meanwhile. */
    private Optional<HelloOutcome> reattach(Applicant applicant, Peer earlier, PeerChannel channel)
            throws SQLException {
        Peer peer = earlier.reattached(
                named(applicant, earlier),
                applicant.client().orElse(earlier.client()),
                applicant.origin(),
                clock.instant(),
                channel);
        rows.opened(peer, true);
        Optional<List<Peer>> replaced = registry.takeOver(earlier, peer);
        if (replaced.isEmpty()) {
            if (registry.find(peer.meshId(), peer.presenceId()) == null) {
                rows.closed(peer, clock.instant());
            }
            return Optional.empty();
        }
        departure.reattached(earlier);
        return Optional.of(
                HelloOutcome.Accepted.returned(peer, HelloAnswers.returned(applicant, peer), replaced.get(), earlier));
    }

    private static PeerIdentity named(Applicant applicant, Peer earlier) {
        PeerIdentity identity = applicant.identity();
        return applicant.displayName() != null
                ? identity
                : identity.withDisplayName(earlier.identity().displayName());
    }

    private HelloOutcome begin(Applicant applicant, PeerChannel channel) throws SQLException {
        MemberView member = applicant.member();
        if (applicant.receivesMessages()) {
            for (Peer earlier : registry.peersOfSession(
                    member.meshId(), member.memberId(), applicant.client().sessionId())) {
                departure.saveAhead(earlier);
            }
        }
        @Nullable
        SavedState saved = states.find(member.meshId(), member.memberId()).orElse(null);
        Peer peer = newcomer(applicant, saved, channel);
        rows.opened(peer, saved != null);
        PeerRegistry.Added added = registry.add(peer, maxConnectionsPerMesh);
        if (added instanceof PeerRegistry.Added.Live live) {
            if (peer.receivesMessages()) {
                statuses.connected(peer);
            }
            return HelloOutcome.Accepted.begun(
                    peer, HelloAnswers.begun(applicant, peer, saved), live.replaced(), saved);
        }
        rows.closed(peer, clock.instant());
        return added instanceof PeerRegistry.Added.Full
                ? full()
                : new HelloOutcome.Rejected(ErrorCode.BAD_SESSION_PUBKEY, "sessionPubkey: is in use by another member");
    }

    static HelloOutcome.Rejected full() {
        return new HelloOutcome.Rejected(ErrorCode.CAPACITY, "the mesh has reached its number of connections");
    }

    private Peer newcomer(Applicant applicant, @Nullable SavedState saved, PeerChannel channel) {
        SavedState restored = applicant.restores() ? saved : null;
        List<GroupLabel> groups = groups(applicant, restored);
        PeerStatus status = PeerStatus.initial(clock.instant());
        PeerState state = restored == null
                ? PeerState.fresh(groups, status)
                : new PeerState(
                        groups,
                        restored.profile(),
                        restored.visible(),
                        applicant.receivesMessages() ? null : restored.lastSummary(),
                        status,
                        applicant.hearsOfRestoring() ? restored.stats() : StatsGain.NONE);
        return new Peer(
                Ids.next(),
                applicant.identity(),
                applicant.client(),
                applicant.origin(),
                state,
                status.since(),
                channel);
    }

    private static List<GroupLabel> groups(Applicant applicant, @Nullable SavedState restored) {
        if (applicant.namesGroups()) {
            return applicant.groups();
        }
        if (restored != null && !restored.groups().isEmpty()) {
            return restored.groups();
        }
        return applicant.member().defaultGroups();
    }
}
