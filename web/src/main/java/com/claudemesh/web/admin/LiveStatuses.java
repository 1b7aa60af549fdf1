package com.claudemesh.web.admin;

import com.claudemesh.inspection.SessionInspection;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.PeerRegistry;
import com.claudemesh.presence.PeerStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How busy connections are. That is known in the memory of the server that they are connected to, and nowhere else. */
@ApplicationScoped
public class LiveStatuses {

    @Inject
    private PeerRegistry registry;

    public Optional<PeerStatus> of(SessionInspection.Row session) {
        return Optional.ofNullable(registry.find(session.meshId(), session.presenceId()))
                .map(Peer::statusReport);
    }

    /** Presence ids of the connections with one of the statuses. */
    List<String> presencesWith(Set<String> wireStatuses) {
        return registry.all().stream()
                .filter(peer -> wireStatuses.contains(peer.status().wire()))
                .map(Peer::presenceId)
                .toList();
    }
}
