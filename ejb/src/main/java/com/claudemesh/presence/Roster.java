package com.claudemesh.presence;

import com.claudemesh.protocol.frame.PeersList;
import java.util.List;

/** The list of live peers as a member of the mesh sees it. Safe for any thread, never blocks. */
public final class Roster {
    private static final String DAEMON_CHANNEL = "claudemesh-daemon";

    private final PeerRegistry registry;

    public Roster(PeerRegistry registry) {
        this.registry = registry;
    }

    public PeersList of(String meshId) {
        List<PeersList.PeerInfo> peers = registry.peersOf(meshId).stream()
                .filter(Peer::receivesMessages)
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
                "idle",
                peer.summary(),
                peer.groups(),
                client.sessionId(),
                WireTime.text(peer.connectedAt()),
                client.cwd(),
                client.hostname(),
                client.peerType(),
                client.channel(),
                client.model(),
                null,
                true,
                null,
                DAEMON_CHANNEL.equals(client.channel()) ? "control-plane" : "session",
                identity.sessionPublicKey() == null ? null : identity.sessionVerified());
    }
}
