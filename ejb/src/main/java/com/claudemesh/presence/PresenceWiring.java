package com.claudemesh.presence;

import com.claudemesh.invite.UnboundMembers;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.platform.PresenceSettings;
import com.claudemesh.platform.RateLimiter;
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
    PresenceObservers observers() {
        return new PresenceObservers();
    }

    @Produces
    @Singleton
    PresenceStore store(Settings settings) {
        return new PresenceStore(database, settings.nodeName());
    }

    @Produces
    @Singleton
    SavedGroups savedGroups(MeshDirectory directory) {
        return new SavedGroups(directory, new PeerStateStore(database)::savedGroups, System::nanoTime);
    }

    @Produces
    @Singleton
    StatusEngine statusEngine(PeerRegistry registry, PresenceObservers observers, Clock clock, Settings settings) {
        PresenceSettings numbers = settings.presence();
        return new StatusEngine(
                registry,
                observers,
                clock,
                new StatusEngine.Times(numbers.statusTtl(), numbers.hookFreshWindow(), numbers.pendingStatus()));
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
    PresenceService service(
            StatusEngine statuses,
            PresenceStore store,
            PresenceObservers observers,
            Announcer announcer,
            Settings settings) {
        int perMinute = settings.presence().changesPerMinute();
        RateLimiter limiter = new RateLimiter(perMinute, perMinute, System::nanoTime);
        return new PresenceService(statuses, store, observers, announcer, limiter);
    }

    @Produces
    @Singleton
    Departure departure(
            PeerRegistry registry,
            PresenceStore store,
            SavedGroups groups,
            Announcer announcer,
            PresenceObservers observers,
            Clock clock,
            Settings settings) {
        Leases leases = new Leases(System::nanoTime, settings.presence().leaseGrace());
        return new Departure(registry, store, groups, announcer, leases, observers, clock);
    }

    @Produces
    @Singleton
    Admission admission(
            MeshDirectory directory,
            PeerRegistry registry,
            PresenceStore store,
            Departure departure,
            StatusEngine statuses,
            UnboundMembers unbound,
            Clock clock,
            Settings settings) {
        Registration registration = new Registration(
                registry,
                store,
                new PeerStateStore(database),
                departure,
                statuses,
                clock,
                settings.maxConnectionsPerMesh());
        return new Admission(directory, store, registration, unbound::bind, clock);
    }
}
