package com.claudemesh.web.v1;

import com.claudemesh.presence.Peer;
import com.claudemesh.presence.PeerRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who is connected, as others may know it: hidden peers and one-shot commands are not. Safe for any thread. */
@ApplicationScoped
public class LivePeers {

    @Inject
    private PeerRegistry registry;

    /** The newest presence of every member that has one, newest first. */
    public Map<String, Peer> newestByMember(String meshId) {
        List<Peer> peers = registry.peersOf(meshId).stream()
                .filter(Peer::announced)
                .filter(Peer::visible)
                .sorted(Comparator.comparing(Peer::connectedAt).reversed())
                .toList();
        Map<String, Peer> newest = new LinkedHashMap<>();
        peers.forEach(peer -> newest.putIfAbsent(peer.memberId(), peer));
        return newest;
    }
}
