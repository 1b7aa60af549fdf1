package com.claudemesh.moderation;

import com.claudemesh.audit.AuditEvent;
import com.claudemesh.mesh.MemberTarget;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.PeerIdentity;
import com.claudemesh.presence.PeerRegistry;
import com.claudemesh.protocol.error.CloseCode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The door to ending connections of others. Who may ask is the caller's to check. Blocking; see the package. */
public final class Moderation {
    private final PeerRegistry registry;
    private final PeerCloser closer;
    private final Consumer<List<AuditEvent>> record;
    private final Clock clock;

    /** @param record keeps audit events, or throws */
    public Moderation(PeerRegistry registry, PeerCloser closer, Consumer<List<AuditEvent>> record, Clock clock) {
        this.registry = registry;
        this.closer = closer;
        this.record = record;
        this.clock = clock;
    }

    /** Ends connections whose clients are not to come back by themselves. Daemons are left alone. */
    public RemovalOutcome kick(Peer asking, Selection selection) {
        return remove(asking, selection, CloseCode.KICKED, "kicked", peer -> !peer.controlPlane());
    }

    /** Ends connections whose clients may come back. */
    public RemovalOutcome disconnect(Peer asking, Selection selection) {
        return remove(asking, selection, CloseCode.NORMAL, "disconnected", peer -> true);
    }

    /** Ends all connections of a member that was just banned. */
    public void shutOut(String meshId, String memberId, String farewell) {
        closer.close(new CloseCommand.OfMember(meshId, memberId, CloseCode.BANNED, "banned", farewell));
    }

    /** Ends all connections of a member that has left. */
    public void seeOff(String meshId, String memberId) {
        closer.close(new CloseCommand.OfMember(
                meshId, memberId, CloseCode.BANNED, "left", "you have left this mesh; join again to come back"));
    }

    /** Ends all connections of a mesh that was archived. */
    public void closeMesh(String meshId, String name) {
        closer.close(new CloseCommand.OfMesh(
                meshId, CloseCode.BANNED, "mesh_archived", "the mesh '" + name + "' was deleted"));
    }

    private RemovalOutcome remove(
            Peer asking, Selection selection, CloseCode code, String reason, Predicate<Peer> removable) {
        List<Peer> meant = meant(asking, selection);
        long members = meant.stream().map(Peer::memberId).distinct().count();
        if (selection instanceof Selection.Named && members > 1) {
            return new RemovalOutcome.Ambiguous(members);
        }
        List<Peer> leaving = meant.stream().filter(removable).toList();
        if (!leaving.isEmpty()) {
            record.accept(leaving.stream()
                    .map(peer -> event(asking, peer, "member_" + reason))
                    .toList());
            closer.close(new CloseCommand.OfPeers(
                    asking.meshId(),
                    leaving.stream().map(Peer::presenceId).toList(),
                    code,
                    selection instanceof Selection.Silent ? reason + "_stale" : reason));
        }
        return new RemovalOutcome.Removed(
                names(leaving.stream()), names(meant.stream().filter(removable.negate())));
    }

    private List<Peer> meant(Peer asking, Selection selection) {
        List<Peer> others = registry.peersOf(asking.meshId()).stream()
                .filter(peer -> !peer.presenceId().equals(asking.presenceId()))
                .toList();
        if (selection instanceof Selection.Named named) {
            return MemberTarget.of(named.target())
                    .among(others, peer -> peer.identity().displayName(), peer -> keys(peer.identity()));
        }
        if (selection instanceof Selection.Silent silent) {
            Instant since = clock.instant().minusMillis(silent.millis());
            return others.stream()
                    .filter(peer -> peer.lastPongAt().isBefore(since))
                    .toList();
        }
        return others;
    }

    private static List<String> keys(PeerIdentity identity) {
        return identity.sessionPublicKey() == null
                ? List.of(identity.memberPublicKey())
                : List.of(identity.memberPublicKey(), identity.sessionPublicKey());
    }

    private AuditEvent event(Peer asking, Peer leaving, String type) {
        return AuditEvent.of(
                asking.meshId(),
                type,
                asking.memberId(),
                asking.identity().displayName(),
                Map.of(
                        "target", leaving.identity().displayName(),
                        "targetPubkey", leaving.identity().memberPublicKey(),
                        "presenceId", leaving.presenceId()),
                clock.instant());
    }

    private static List<String> names(Stream<Peer> peers) {
        return peers.map(peer -> peer.identity().displayName()).toList();
    }
}
