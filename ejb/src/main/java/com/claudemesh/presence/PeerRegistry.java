package com.claudemesh.presence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The live peers of this node, by mesh. Reads are lock-free snapshots; additions and removals of one mesh are serialised.
 * Safe for any thread.
 */
public final class PeerRegistry {
    private final ConcurrentMap<String, MeshPeers> meshes = new ConcurrentHashMap<>();

    /** What became of an attempt to add a peer. */
    public sealed interface Added {
        /** The peer is live. {@code replaced} held the same session of the same member and is no longer registered. */
        record Live(List<Peer> replaced) implements Added {}

        /** The mesh has as many connections as it may. */
        record Full() implements Added {}

        /** The session key is in use by another member's live peer. */
        record SessionKeyTaken() implements Added {}
    }

    /**
     * Adds a peer. A live peer of the same member with the same session id is replaced and does not count against the
     * limit.
     */
    public Added add(Peer peer, int maxConnections) {
        Added[] outcome = new Added[1];
        meshes.compute(peer.meshId(), (id, current) -> {
            MeshPeers mesh = current == null ? MeshPeers.EMPTY : current;
            List<Peer> replaced = mesh.replacedBy(peer);
            if (mesh.size() - replaced.size() >= maxConnections) {
                outcome[0] = new Added.Full();
                return current;
            }
            if (mesh.sessionKeyOfAnotherMember(peer)) {
                outcome[0] = new Added.SessionKeyTaken();
                return current;
            }
            outcome[0] = new Added.Live(replaced);
            return mesh.with(peer, replaced);
        });
        return outcome[0];
    }

    /**
     * Puts a newer connection of the same presence in the place of an earlier one.
     *
     * @return other peers of the newer one's session, replaced as well; empty when the earlier connection is not in its place
     *     any more or its end has begun
     */
    Optional<List<Peer>> takeOver(Peer earlier, Peer newer) {
        AtomicReference<List<Peer>> outcome = new AtomicReference<>();
        meshes.computeIfPresent(earlier.meshId(), (id, mesh) -> {
            if (!mesh.contains(earlier) || earlier.ending()) {
                return mesh;
            }
            List<Peer> replaced = mesh.replacedBy(newer);
            outcome.set(replaced);
            return mesh.with(newer, replaced);
        });
        return Optional.ofNullable(outcome.get());
    }

    /** Marks a registered peer as ending, whose place nothing can take over then; false when it is gone or ending already. */
    boolean beginEnd(Peer peer) {
        boolean[] begun = new boolean[1];
        meshes.computeIfPresent(peer.meshId(), (id, mesh) -> {
            if (mesh.contains(peer) && !peer.ending()) {
                peer.beginEnd();
                begun[0] = true;
            }
            return mesh;
        });
        return begun[0];
    }

    /** Whether exactly this connection is registered. */
    boolean contains(Peer peer) {
        MeshPeers mesh = meshes.get(peer.meshId());
        return mesh != null && mesh.contains(peer);
    }

    /** Removes a peer; false when it was not registered (any more), so that closing work runs once. */
    public boolean remove(Peer peer) {
        boolean[] removed = new boolean[1];
        meshes.computeIfPresent(peer.meshId(), (id, mesh) -> {
            if (!mesh.contains(peer)) {
                return mesh;
            }
            removed[0] = true;
            MeshPeers rest = mesh.without(peer);
            return rest.size() == 0 ? null : rest;
        });
        return removed[0];
    }

    /** The member's live peers of that session, which a new connection of it would replace. */
    List<Peer> peersOfSession(String meshId, String memberId, String sessionId) {
        MeshPeers mesh = meshes.get(meshId);
        return mesh == null ? List.of() : mesh.ofSession(memberId, sessionId);
    }

    /** Room for one more connection, or one that this one would replace. */
    boolean hasRoom(String meshId, Predicate<Peer> replaceable, int maxConnections) {
        MeshPeers mesh = meshes.get(meshId);
        if (mesh == null || mesh.size() < maxConnections) {
            return maxConnections > 0;
        }
        return mesh.all().stream().anyMatch(replaceable);
    }

    /** All live peers of a mesh, oldest connection first. */
    public List<Peer> peersOf(String meshId) {
        MeshPeers mesh = meshes.get(meshId);
        if (mesh == null) {
            return List.of();
        }
        List<Peer> peers = new ArrayList<>(mesh.all());
        peers.sort(Comparator.comparing(Peer::connectedAt));
        return peers;
    }

    public Collection<Peer> peersOfMember(String meshId, String memberId) {
        MeshPeers mesh = meshes.get(meshId);
        return mesh == null ? List.of() : mesh.ofMember(memberId);
    }

    public Optional<Peer> peerBySessionKey(String meshId, String sessionPublicKey) {
        MeshPeers mesh = meshes.get(meshId);
        return Optional.ofNullable(mesh == null ? null : mesh.bySessionKey(sessionPublicKey));
    }

    public @Nullable Peer find(String meshId, String presenceId) {
        MeshPeers mesh = meshes.get(meshId);
        return mesh == null ? null : mesh.byPresence(presenceId);
    }

    public long size() {
        return meshes.values().stream().mapToLong(MeshPeers::size).sum();
    }

    public List<Peer> all() {
        return meshes.values().stream().flatMap(mesh -> mesh.all().stream()).toList();
    }
}
