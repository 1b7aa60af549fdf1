package com.claudemesh.invite;

import com.claudemesh.audit.AuditChainStore;
import com.claudemesh.mail.MailOutbox;
import com.claudemesh.mesh.Enrolments;
import com.claudemesh.mesh.MeshChanged;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.Meshes;
import com.claudemesh.platform.Settings;
import com.claudemesh.platform.Transactions;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Makes the invitation objects, one of each, for injection. */
@Dependent
public class InviteWiring {

    @Inject
    private Event<MeshChanged> changes;

    private void changed(String meshId) {
        changes.fire(new MeshChanged(meshId));
    }

    @Produces
    @Singleton
    Invitations invitations(
            Transactions transactions,
            Meshes meshes,
            MeshDirectory directory,
            AuditChainStore chains,
            MailOutbox outbox,
            Clock clock,
            Settings settings) {
        return new Invitations(
                transactions,
                meshes,
                directory,
                chains,
                outbox,
                clock,
                new Invitations.Links(
                        settings.brokerUrl().toString(),
                        settings.appUrl().toString().replaceFirst("/+$", "")),
                settings.meshes().maxInvitesPerMesh());
    }

    @Produces
    @Singleton
    UnboundMembers unbound(
            Transactions transactions, Enrolments enrolments, AuditChainStore chains, Clock clock, Settings settings) {
        return new UnboundMembers(
                transactions,
                enrolments,
                chains,
                clock,
                this::changed,
                Duration.ofMinutes(settings.meshes().claimBindMinutes()));
    }

    @Produces
    @Singleton
    Entrance entrance(
            Transactions transactions,
            Meshes meshes,
            MeshDirectory directory,
            Enrolments enrolments,
            UnboundMembers unbound,
            AuditChainStore chains,
            Clock clock) {
        return new Entrance(transactions, meshes, directory, enrolments, unbound, chains, clock, this::changed);
    }
}
