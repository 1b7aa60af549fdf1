package com.claudemesh.mesh;

import com.claudemesh.audit.AuditChainStore;
import com.claudemesh.audit.AuditEvent;
import com.claudemesh.protocol.frame.Grant;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bans, their end, and changed grants, each with its audit event in the caller's transaction. Blocking; safe for any
 * thread.
 */
final class MemberChanges {
    /** Most changed entries that one audit event names; the rest is counted. */
    private static final int MAX_NAMED_GRANTS = 100;

    private final MemberStore members;
    private final AuditChainStore chains;
    private final Clock clock;
    private final int maxGrants;

    MemberChanges(MemberStore members, AuditChainStore chains, Clock clock, int maxGrants) {
        this.members = members;
        this.chains = chains;
        this.clock = clock;
        this.maxGrants = maxGrants;
    }

    BanOutcome ban(Connection connection, String meshId, Actor actor, String target) throws SQLException {
        List<MemberStore.Candidate> meant = meant(members.active(connection, meshId), target);
        if (meant.size() != 1) {
            return notOne(meant.size());
        }
        MemberStore.Candidate member = meant.get(0);
        if (member.memberId().equals(actor.memberId())) {
            return new BanOutcome.Oneself();
        }
        // Two administrators may ban each other at once: the second finds itself banned, and one is left.
        String actorId = actor.memberId() == null ? member.memberId() : actor.memberId();
        Set<String> active = members.lockActive(connection, meshId, actorId, member.memberId());
        if (!active.contains(member.memberId())) {
            return new BanOutcome.NotFound();
        }
        if (!active.contains(actorId)) {
            return new BanOutcome.Forbidden();
        }
        if (members.isOwner(connection, meshId, member.memberId())) {
            return new BanOutcome.Owner();
        }
        members.ban(connection, meshId, member.memberId(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        audit(
                connection,
                meshId,
                actor,
                "member_banned",
                Map.of("target", member.displayName(), "targetPubkey", member.publicKey()));
        return new BanOutcome.Done(member.memberId(), member.publicKey(), member.displayName());
    }

    BanOutcome unban(Connection connection, String meshId, Actor actor, String target) throws SQLException {
        List<MemberStore.Candidate> meant = meant(members.banned(connection, meshId), target);
        if (meant.size() != 1) {
            return notOne(meant.size());
        }
        MemberStore.Candidate member = meant.get(0);
        if (!members.unban(connection, meshId, member.memberId())) {
            return new BanOutcome.NotFound();
        }
        audit(
                connection,
                meshId,
                actor,
                "member_unbanned",
                Map.of("target", member.displayName(), "targetPubkey", member.publicKey()));
        return new BanOutcome.Done(member.memberId(), member.publicKey(), member.displayName());
    }

    private static List<MemberStore.Candidate> meant(List<MemberStore.Candidate> candidates, String target) {
        return MemberTarget.of(target)
                .among(candidates, MemberStore.Candidate::displayName, one -> List.of(one.publicKey()));
    }

    private static BanOutcome notOne(int found) {
        return found == 0 ? new BanOutcome.NotFound() : new BanOutcome.Ambiguous(found);
    }

    /** @param changes by sender key; null takes an entry out */
    GrantsOutcome changeGrants(
            Connection connection,
            String meshId,
            String memberId,
            Actor actor,
            Map<String, @Nullable List<Grant>> changes)
            throws SQLException {
        Optional<Grants> before = members.lockGrants(connection, meshId, memberId);
        if (before.isEmpty()) {
            return new GrantsOutcome.NotAMember();
        }
        Grants after = before.get().with(changes);
        if (after.size() > maxGrants && after.size() > before.get().size()) {
            return new GrantsOutcome.TooMany(maxGrants);
        }
        if (!after.equals(before.get())) {
            members.saveGrants(connection, meshId, memberId, after);
            audit(connection, meshId, actor, "grants_changed", difference(memberId, before.get(), after, changes));
        }
        return new GrantsOutcome.Changed(after);
    }

    private static Map<String, ?> difference(
            String memberId, Grants before, Grants after, Map<String, @Nullable List<Grant>> changes) {
        Map<String, List<Grant>> was = before.entries();
        Map<String, List<Grant>> is = after.entries();
        List<String> changed = changes.keySet().stream()
                .filter(key -> !Objects.equals(is.get(key), was.get(key)))
                .toList();
        List<Map<String, ?>> named = new ArrayList<>();
        for (String key : changed.subList(0, Math.min(MAX_NAMED_GRANTS, changed.size()))) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("pubkey", key);
            entry.put("grants", is.get(key));
            named.add(entry);
        }
        return Map.of("memberId", memberId, "count", changed.size(), "changed", named);
    }

    private void audit(Connection connection, String meshId, Actor actor, String type, Map<String, ?> payload)
            throws SQLException {
        chains.append(
                connection,
                List.of(AuditEvent.of(meshId, type, actor.memberId(), actor.displayName(), payload, clock.instant())));
    }
}
