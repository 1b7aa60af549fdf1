package com.claudemesh.mesh;

import com.claudemesh.audit.AuditChainStore;
import com.claudemesh.platform.Settings;
import com.claudemesh.protocol.frame.Grant;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The door to what changes about members: bans and grants. Each change is one transaction with its audit event; the
 * directory sees it right after the commit. Who may ask is the caller's to check. Blocking.
 */
@ApplicationScoped
public class MemberService {

    @Inject
    private EntityManager entities;

    @Inject
    private AuditChainStore chains;

    @Inject
    private Settings settings;

    @Inject
    private Clock clock;

    @Inject
    private Event<MeshChanged> changes;

    private final MemberStore store = new MemberStore();
    private MemberChanges members;

    @PostConstruct
    void assemble() {
        members = new MemberChanges(store, chains, clock, settings.maxGrantsPerMember());
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T inDatabase(Work<T> work) {
        try {
            return work.with(entities.unwrap(Connection.class));
        } catch (SQLException e) {
            throw new IllegalStateException("members could not be read or changed", e);
        }
    }

    /**
     * Shuts an active member out: it cannot connect and not join again. Ending its connections is the caller's part.
     *
     * @param target member key, exact member name, or the first digits of the key
     */
    @Transactional
    public BanOutcome ban(String meshId, Actor actor, String target) {
        return announced(meshId, inDatabase(connection -> members.ban(connection, meshId, actor, target)));
    }

    /** @param target as for {@link #ban}, among the banned */
    @Transactional
    public BanOutcome unban(String meshId, Actor actor, String target) {
        return announced(meshId, inDatabase(connection -> members.unban(connection, meshId, actor, target)));
    }

    private BanOutcome announced(String meshId, BanOutcome outcome) {
        if (outcome instanceof BanOutcome.Done) {
            changes.fire(new MeshChanged(meshId));
        }
        return outcome;
    }

    /** Who is banned, latest first. */
    @Transactional
    public List<BannedMember> bans(String meshId) {
        return inDatabase(connection -> store.bans(connection, meshId));
    }

    /** Whether the member may connect, asked of the database and not of memory. */
    @Transactional
    public boolean isActive(String meshId, String memberId) {
        return inDatabase(connection -> store.isActive(connection, meshId, memberId));
    }

    /**
     * Changes what a member lets others do to it.
     *
     * @param changed by sender key, 64 lower-case hex digits: a list replaces the entry, null takes it out
     */
    @Transactional
    public GrantsOutcome changeGrants(
            String meshId, String memberId, Actor actor, Map<String, @Nullable List<Grant>> changed) {
        GrantsOutcome outcome =
                inDatabase(connection -> members.changeGrants(connection, meshId, memberId, actor, changed));
        if (outcome instanceof GrantsOutcome.Changed) {
            changes.fire(new MeshChanged(meshId));
        }
        return outcome;
    }
}
