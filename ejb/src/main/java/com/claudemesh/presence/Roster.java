package com.claudemesh.presence;

import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.PeersList;
import java.util.List;

/**
 * The list of live peers as one of them sees it: itself included, other members' hidden peers left out. Safe for any
 * thread, never blocks.
 */
public final class Roster {
    private final PeerRegistry registry;

    public Roster(PeerRegistry registry) {
        this.registry = registry;
    }

    public PeersList seenBy(Peer asking) {
        List<PeersList.PeerInfo> peers = registry.peersOf(asking.meshId()).stream()
                .filter(Peer::announced)
                .filter(peer -> peer.visible() || peer.memberId().equals(asking.memberId()))
                .map(Roster::info)
                .toList();
        return new PeersList(peers);
    }

    private static PeersList.PeerInfo info(Peer peer) {
        PeerIdentity identity = peer.identity();
        ClientInfo client = peer.client();
        return new PeersList.PeerInfo(
                identity.routingKey(),
                identity.memberPublicKey(),
                identity.displayName(),
                peer.status().wire(),
                peer.summary(),
                peer.groups(),
                client.sessionId(),
                WireTime.text(peer.connectedAt()),
                client.cwd(),
                client.hostname(),
                client.peerType(),
                client.channel(),
                client.model(),
                peer.stats() == null ? null : Json.mapper().valueToTree(peer.stats()),
                peer.visible(),
                peer.profile().isEmpty() ? null : Json.mapper().valueToTree(peer.profile()),
                peer.controlPlane() ? "control-plane" : "session",
                identity.sessionPublicKey() == null ? null : identity.sessionVerified());
    }
}
