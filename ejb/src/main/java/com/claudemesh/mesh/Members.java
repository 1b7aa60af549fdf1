package com.claudemesh.mesh;

import com.claudemesh.audit.AuditChainStore;
import com.claudemesh.audit.AuditEvent;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.frame.HelloAck;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The door to profiles, roles, rights and leaving. The caller has found out, by {@link Authorization}, what whoever asks is
 * and may; what depends on the member that is changed is decided here, under its lock. Each change is one transaction with
 * its audit event, announced after the commit. Blocking; safe for any thread.
 */
public final class Members {
    private final Transactions transactions;
    private final AuditChainStore chains;
    private final Clock clock;
    private final Consumer<String> changed;

    /** @param changed is told the id of a mesh after a change of a member was committed */
    public Members(Transactions transactions, AuditChainStore chains, Clock clock, Consumer<String> changed) {
        this.transactions = transactions;
        this.chains = chains;
        this.clock = clock;
        this.changed = changed;
    }

    /**
     * Who asks.
     *
     * @param permissions what it may do in the mesh
     */
    public record Asking(Actor actor, Standing standing, Set<Permission> permissions) {
        boolean administers() {
            return standing != Standing.MEMBER;
        }
    }

    /**
     * Changes a member's profile.
     *
     * @param self whoever asks has proven to be that member
     * @param policy what the mesh leaves to its members
     */
    public MemberChange editProfile(
            String meshId,
            Asking asking,
            String memberId,
            boolean self,
            ProfileChange change,
            HelloAck.SelfEditable policy) {
        return change(meshId, memberId, (connection, member) -> {
            if (!asking.administers() && !self) {
                return new MemberChange.Forbidden("not authorized — only admins or self can edit");
            }
            List<String> managed = asking.administers() ? List.of() : change.adminManaged(policy);
            if (!managed.isEmpty()) {
                return new MemberChange.AdminManaged(managed);
            }
            Optional<MemberChange> refusal = refuseRole(connection, meshId, asking, member, change.role());
            if (refusal.isPresent()) {
                return refusal.get();
            }
            RightsStore.saveProfile(connection, memberId, change);
            record(connection, meshId, asking.actor(), "profile_changed", profileEvent(member, change));
            return new MemberChange.Done();
        });
    }

    /** Values of fields that sessions show are recorded, the rest by name. */
    private static Map<String, ?> profileEvent(RightsStore.Locked member, ProfileChange change) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("memberId", member.memberId());
        payload.put("fields", List.copyOf(change.wire().keySet()));
        if (change.displayName() != null) {
            payload.put("displayName", change.displayName());
        }
        if (change.role() != null) {
            payload.put("role", change.role().wire());
            payload.put("formerRole", member.role().wire());
        }
        return payload;
    }

    private static Optional<MemberChange> refuseRole(
            Connection connection, String meshId, Asking asking, RightsStore.Locked member, Role role)
            throws SQLException {
        if (role == null || role == member.role()) {
            return Optional.empty();
        }
        if (!asking.permissions().contains(Permission.MANAGE_PERMISSIONS)) {
            return Optional.of(new MemberChange.Forbidden("you don't have permission to change roles"));
        }
        if (member.owner()) {
            return Optional.of(new MemberChange.Forbidden("the owner's role cannot be changed"));
        }
        boolean lastOne = role == Role.MEMBER
                && !RightsStore.hasOtherAdministrator(connection, meshId, List.of(member.memberId()));
        return lastOne ? Optional.of(new MemberChange.LastAdministrator()) : Optional.empty();
    }

    /**
     * Changes single rights of a member; the others stay as they are at this moment.
     *
     * @param updates true grants, false denies
     */
    public MemberChange changeRights(String meshId, Asking asking, String memberId, Map<Permission, Boolean> updates) {
        return change(meshId, memberId, (connection, member) -> {
            if (!asking.permissions().contains(Permission.MANAGE_PERMISSIONS)) {
                return new MemberChange.Forbidden("You don't have permission to manage permissions");
            }
            Set<Permission> before = member.permissions();
            Set<Permission> after = EnumSet.noneOf(Permission.class);
            after.addAll(before);
            for (Map.Entry<Permission, Boolean> update : updates.entrySet()) {
                if (update.getValue()) {
                    after.add(update.getKey());
                } else {
                    after.remove(update.getKey());
                }
            }
            Optional<MemberChange> refusal = refuseRights(asking, member, before, after);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            RightsStore.saveRights(connection, memberId, after, clock.instant());
            record(connection, meshId, asking.actor(), "permission_changed", rightsEvent(member, before, after));
            return new MemberChange.Done();
        });
    }

    /** Nobody hands out what it does not have, and nobody but an owner changes an owner or may let the mesh be deleted. */
    private static Optional<MemberChange> refuseRights(
            Asking asking, RightsStore.Locked member, Set<Permission> before, Set<Permission> after) {
        if (member.owner()) {
            return Optional.of(new MemberChange.Forbidden("The owner's permissions cannot be changed"));
        }
        for (Permission one : after) {
            boolean fresh = !before.contains(one);
            if (fresh && one == Permission.DELETE_MESH && asking.standing() != Standing.OWNER) {
                return Optional.of(new MemberChange.Forbidden("Only the owner may grant canDeleteMesh"));
            }
            if (fresh && !asking.permissions().contains(one)) {
                return Optional.of(new MemberChange.Forbidden("You cannot grant what you may not do: " + one.wire()));
            }
        }
        return Optional.empty();
    }

    private static Map<String, ?> rightsEvent(
            RightsStore.Locked member, Set<Permission> before, Set<Permission> after) {
        return Map.of(
                "memberId",
                member.memberId(),
                "granted",
                after.stream()
                        .filter(one -> !before.contains(one))
                        .map(Permission::wire)
                        .sorted()
                        .toList(),
                "denied",
                before.stream()
                        .filter(one -> !after.contains(one))
                        .map(Permission::wire)
                        .sorted()
                        .toList());
    }

    /** What became of leaving. */
    public sealed interface Leaving {
        /** @param memberIds the members that the person had, first joined first */
        record Left(List<String> memberIds) implements Leaving {}

        record NotAMember() implements Leaving {}

        /** The owner hands the mesh over first. */
        record Owner() implements Leaving {}

        record LastAdministrator() implements Leaving {}
    }

    /** Ends all memberships of an account in a mesh. It may be invited again. Ending connections is the caller's part. */
    public Leaving leave(String meshId, String accountId, String accountName) {
        Leaving outcome = transactions.run(connection -> leave(connection, meshId, accountId, accountName));
        if (outcome instanceof Leaving.Left) {
            changed.accept(meshId);
        }
        return outcome;
    }

    private Leaving leave(Connection connection, String meshId, String accountId, String accountName)
            throws SQLException {
        if (!RightsStore.lockMesh(connection, meshId)) {
            return new Leaving.NotAMember();
        }
        List<RightsStore.Locked> members = RightsStore.lockOfAccount(connection, meshId, accountId);
        if (members.isEmpty()) {
            return new Leaving.NotAMember();
        }
        if (members.stream().anyMatch(RightsStore.Locked::owner)) {
            return new Leaving.Owner();
        }
        List<String> ids = members.stream().map(RightsStore.Locked::memberId).toList();
        boolean administered = members.stream().anyMatch(member -> member.role() == Role.ADMIN);
        if (administered && !RightsStore.hasOtherAdministrator(connection, meshId, ids)) {
            return new Leaving.LastAdministrator();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<AuditEvent> events = new ArrayList<>();
        for (RightsStore.Locked member : members) {
            RightsStore.leave(connection, member.memberId(), now);
            events.add(AuditEvent.of(
                    meshId, "member_left", member.memberId(), accountName, Map.of("name", member.displayName()), now));
        }
        chains.append(connection, events);
        return new Leaving.Left(ids);
    }

    /** Since when the members of a mesh are members, by their ids. */
    public Map<String, Instant> joinTimes(String meshId) {
        return transactions.run(connection -> RightsStore.joinTimes(connection, meshId));
    }

    @FunctionalInterface
    private interface Change {
        MemberChange apply(Connection connection, RightsStore.Locked member) throws SQLException;
    }

    private MemberChange change(String meshId, String memberId, Change change) {
        MemberChange outcome = transactions.run(connection -> {
            Optional<RightsStore.Locked> member = RightsStore.lockMesh(connection, meshId)
                    ? RightsStore.lock(connection, meshId, memberId)
                    : Optional.empty();
            return member.isPresent() ? change.apply(connection, member.get()) : new MemberChange.NotFound();
        });
        if (outcome instanceof MemberChange.Done) {
            changed.accept(meshId);
        }
        return outcome;
    }

    private void record(Connection connection, String meshId, Actor actor, String type, Map<String, ?> payload)
            throws SQLException {
        chains.append(
                connection,
                List.of(AuditEvent.of(meshId, type, actor.memberId(), actor.displayName(), payload, clock.instant())));
    }
}
