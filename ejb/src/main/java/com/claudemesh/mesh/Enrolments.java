package com.claudemesh.mesh;

import com.claudemesh.protocol.id.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How keys become members, in a transaction of the caller, who announces the change after its commit. Blocking; safe for
 * any thread.
 */
public final class Enrolments {
    private final Clock clock;
    private final int maxMembersPerMesh;

    public Enrolments(Clock clock, int maxMembersPerMesh) {
        this.clock = clock;
        this.maxMembersPerMesh = maxMembersPerMesh;
    }

    public int maxMembersPerMesh() {
        return maxMembersPerMesh;
    }

    /**
     * Whether a key would be refused or needs no enrolment. From here until the transaction ends no other join of the mesh
     * gets in between.
     *
     * @return empty when {@link #enrol} would add a member
     */
    public Optional<Enrolment> existing(Connection connection, String meshId, String publicKey) throws SQLException {
        EnrolmentStore.serializeJoins(connection, meshId);
        Optional<EnrolmentStore.Known> known = EnrolmentStore.find(connection, meshId, publicKey);
        if (known.isPresent() && known.get().banned()) {
            return Optional.of(new Enrolment.Banned());
        }
        if (known.isPresent() && !known.get().left()) {
            return Optional.of(new Enrolment.AlreadyMember(known.get().memberId()));
        }
        return EnrolmentStore.countActive(connection, meshId) >= maxMembersPerMesh
                ? Optional.of(new Enrolment.Full(maxMembersPerMesh))
                : Optional.empty();
    }

    /** Whether a member more may be added; see {@link #existing}. */
    public boolean hasRoom(Connection connection, String meshId) throws SQLException {
        EnrolmentStore.serializeJoins(connection, meshId);
        return EnrolmentStore.countActive(connection, meshId) < maxMembersPerMesh;
    }

    /**
     * Makes a key a member. A member that had left gets its row back; a person that is a member without a key gets the key.
     */
    public Enrolment enrol(Connection connection, Joining joining) throws SQLException {
        return enrol(connection, Ids.next(), joining);
    }

    /** As {@link #enrol(Connection, Joining)}; a member that is new gets the given id. */
    public Enrolment enrol(Connection connection, String newId, Joining joining) throws SQLException {
        Optional<Enrolment> existing = existing(connection, joining.meshId(), joining.publicKey());
        if (existing.isPresent()) {
            return existing.get();
        }
        Optional<EnrolmentStore.Known> former = EnrolmentStore.find(connection, joining.meshId(), joining.publicKey());
        if (former.isPresent()) {
            EnrolmentStore.rejoin(connection, former.get().memberId(), joining);
            return new Enrolment.Added(former.get().memberId());
        }
        if (joining.accountId() != null) {
            Optional<String> given =
                    EnrolmentStore.giveKey(connection, joining.meshId(), joining.accountId(), joining.publicKey());
            if (given.isPresent()) {
                return new Enrolment.Added(given.get());
            }
        }
        return new Enrolment.Added(EnrolmentStore.insert(
                connection,
                new EnrolmentStore.NewMember(
                        newId,
                        joining.meshId(),
                        joining.publicKey(),
                        joining.role(),
                        joining.profile(),
                        joining.accountId(),
                        false,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS))));
    }
}
