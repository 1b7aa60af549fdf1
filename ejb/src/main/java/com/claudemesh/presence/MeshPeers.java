package com.claudemesh.presence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The live peers of one mesh as an immutable snapshot with its lookups. */
final class MeshPeers {
    static final MeshPeers EMPTY = new MeshPeers(Map.of());

    private final Map<String, Peer> byPresence;
    private final Map<String, List<Peer>> byMember = new HashMap<>();
    private final Map<String, Peer> bySessionKey = new HashMap<>();

    private MeshPeers(Map<String, Peer> byPresence) {
        this.byPresence = byPresence;
        for (Peer peer : byPresence.values()) {
            byMember.computeIfAbsent(peer.memberId(), id -> new ArrayList<>(2)).add(peer);
            String sessionKey = peer.identity().sessionPublicKey();
            if (sessionKey != null) {
                bySessionKey.merge(sessionKey, peer, MeshPeers::preferred);
            }
        }
    }

    /**
     * A client that reconnects under a new session id keeps its session key: the newest connection that takes messages gets
     * the mail.
     */
    private static Peer preferred(Peer one, Peer other) {
        if (one.receivesMessages() != other.receivesMessages()) {
            return one.receivesMessages() ? one : other;
        }
        return one.connectedAt().isAfter(other.connectedAt()) ? one : other;
    }

    MeshPeers with(Peer peer, List<Peer> replaced) {
        Map<String, Peer> next = new LinkedHashMap<>(byPresence);
        replaced.forEach(old -> next.remove(old.presenceId()));
        next.put(peer.presenceId(), peer);
        return new MeshPeers(next);
    }

    MeshPeers without(Peer peer) {
        Map<String, Peer> next = new LinkedHashMap<>(byPresence);
        next.remove(peer.presenceId());
        return new MeshPeers(next);
    }

    /** The member's live peers of that session. One-shot commands replace nobody and are not replaced. */
    List<Peer> ofSession(String memberId, String sessionId) {
        return ofMember(memberId).stream()
                .filter(peer ->
                        peer.receivesMessages() && peer.client().sessionId().equals(sessionId))
                .toList();
    }

    List<Peer> replacedBy(Peer peer) {
        if (!peer.receivesMessages()) {
            return List.of();
        }
        return ofSession(peer.memberId(), peer.client().sessionId()).stream()
                .filter(old -> !old.presenceId().equals(peer.presenceId()))
                .toList();
    }

    boolean sessionKeyOfAnotherMember(Peer peer) {
        String sessionKey = peer.identity().sessionPublicKey();
        Peer holder = sessionKey == null ? null : bySessionKey.get(sessionKey);
        return holder != null && !Objects.equals(holder.memberId(), peer.memberId());
    }

    boolean contains(Peer peer) {
        return byPresence.get(peer.presenceId()) == peer;
    }

    Collection<Peer> all() {
        return byPresence.values();
    }

    List<Peer> ofMember(String memberId) {
        return byMember.getOrDefault(memberId, List.of());
    }

    @Nullable
    Peer bySessionKey(String sessionPublicKey) {
        return bySessionKey.get(sessionPublicKey);
    }

    @Nullable
    Peer byPresence(String presenceId) {
        return byPresence.get(presenceId);
    }

    int size() {
        return byPresence.size();
    }
}
