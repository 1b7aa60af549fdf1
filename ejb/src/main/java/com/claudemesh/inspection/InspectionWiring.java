package com.claudemesh.inspection;

import com.claudemesh.platform.Transactions;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the objects of inspection, one of each, for injection. */
@Dependent
public class InspectionWiring {

    @Produces
    @Singleton
    MeshInspection meshes(Transactions transactions, Clock clock) {
        return new MeshInspection(transactions, clock);
    }

    @Produces
    @Singleton
    AccountInspection accounts(Transactions transactions) {
        return new AccountInspection(transactions);
    }

    @Produces
    @Singleton
    WayInInspection waysIn(Transactions transactions) {
        return new WayInInspection(transactions);
    }

    @Produces
    @Singleton
    MembershipInspection memberships(Transactions transactions) {
        return new MembershipInspection(transactions);
    }

    @Produces
    @Singleton
    SessionInspection sessions(Transactions transactions) {
        return new SessionInspection(transactions);
    }

    @Produces
    @Singleton
    InviteInspection invites(Transactions transactions, Clock clock) {
        return new InviteInspection(transactions, clock);
    }

    @Produces
    @Singleton
    AuditInspection events(Transactions transactions) {
        return new AuditInspection(transactions);
    }

    @Produces
    @Singleton
    EnvelopeInspection envelopes(Transactions transactions) {
        return new EnvelopeInspection(transactions);
    }
}
