package com.claudemesh.moderation;

import com.claudemesh.audit.AuditLog;
import com.claudemesh.messaging.MessagingService;
import com.claudemesh.presence.Departure;
import com.claudemesh.presence.PeerRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** Makes the moderation objects for injection. They hold nothing: each place that injects them gets its own. */
@Dependent
public class ModerationWiring {

    @Produces
    PeerCloser closer(PeerRegistry registry, Departure departure, MessagingService messaging) {
        return new LocalPeerCloser(registry, messaging::gone, departure::ended);
    }

    @Produces
    Moderation moderation(PeerRegistry registry, PeerCloser closer, AuditLog audit, Clock clock) {
        return new Moderation(registry, closer, audit::append, clock);
    }
}
