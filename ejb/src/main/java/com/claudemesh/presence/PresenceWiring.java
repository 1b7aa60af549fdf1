package com.claudemesh.presence;

import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.platform.Settings;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import javax.sql.DataSource;

/** Makes the presence objects, one of each, for injection. */
@Dependent
public class PresenceWiring {

    @Resource(lookup = "jdbc/claudemesh")
    private DataSource database;

    @Produces
    @Singleton
    PeerRegistry registry() {
        return new PeerRegistry();
    }

    @Produces
    @Singleton
    PresenceStore store(Settings settings) {
        return new PresenceStore(database, settings.nodeName());
    }

    @Produces
    @Singleton
    Announcer announcer(PeerRegistry registry, Clock clock) {
        return new Announcer(registry, clock);
    }

    @Produces
    @Singleton
    Roster roster(PeerRegistry registry) {
        return new Roster(registry);
    }

    @Produces
    @Singleton
    Departure departure(PeerRegistry registry, PresenceStore store, Announcer announcer, Clock clock) {
        return new Departure(registry, store, announcer, clock);
    }

    @Produces
    @Singleton
    Admission admission(
            MeshDirectory directory, PeerRegistry registry, PresenceStore store, Clock clock, Settings settings) {
        return new Admission(directory, registry, store, clock, settings.maxConnectionsPerMesh());
    }
}
