package com.claudemesh.invite;

import com.claudemesh.audit.AuditChainStore;
import com.claudemesh.audit.AuditEvent;
import com.claudemesh.mesh.Enrolment;
import com.claudemesh.mesh.Enrolments;
import com.claudemesh.mesh.Joining;
import com.claudemesh.mesh.MemberProfile;
import com.claudemesh.mesh.Role;
import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.id.Ids;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Members that have claimed an invitation without naming their key. They are no members yet: the first valid hello that
 * names the member id binds its key, once, within a time. Until then the id is the only secret. Blocking; safe for any
 * thread.
 */
public final class UnboundMembers {
    private final Transactions transactions;
    private final Enrolments enrolments;
    private final AuditChainStore chains;
    private final Clock clock;
    private final Consumer<String> changed;
    private final Duration life;

    /**
     * @param changed is told the id of a mesh after a member of it was committed
     * @param life how long a claim waits for its hello
     */
    public UnboundMembers(
            Transactions transactions,
            Enrolments enrolments,
            AuditChainStore chains,
            Clock clock,
            Consumer<String> changed,
            Duration life) {
        this.transactions = transactions;
        this.enrolments = enrolments;
        this.chains = chains;
        this.clock = clock;
        this.changed = changed;
        this.life = life;
    }

    /**
     * A claim that waits for its hello.
     *
     * @param claimKey the x25519 key that the root key was sealed to, unpadded URL Base64
     */
    public record Claim(
            String meshId,
            String inviteId,
            String claimKey,
            Role role,
            MemberProfile profile,
            @Nullable String accountId) {}

    /** What is kept of a claim beside its columns. */
    private record Kept(Role role, MemberProfile profile) {}

    private record Row(
            String memberId,
            String inviteId,
            String claimKey,
            @Nullable String accountId,
            Kept kept) {}

    /** The id that a claim already has, if it still waits, or was bound. */
    public Optional<String> existing(Connection connection, String inviteId, String claimKey) throws SQLException {
        Optional<String> waiting = Sql.first(
                connection,
                "SELECT member_id FROM mesh.unbound_member WHERE invite_id = ? AND claim_key = ? AND expires_at > ?",
                row -> row.getString(1),
                inviteId,
                claimKey,
                clock.instant());
        return waiting.isPresent() ? waiting : Sql.first(connection, """
                        SELECT c.member_id FROM mesh.invite_claim c JOIN mesh.member m ON m.id = c.member_id
                        WHERE c.invite_id = ? AND c.claim_key = ? AND m.left_at IS NULL AND m.revoked_at IS NULL""", row -> row.getString(1), inviteId, claimKey);
    }

    /** Reserves a member id for a claim. */
    public String reserve(Connection connection, Claim claim) throws SQLException {
        String memberId = Ids.next();
        Sql.update(
                connection,
                "DELETE FROM mesh.unbound_member WHERE invite_id = ? AND claim_key = ?",
                claim.inviteId(),
                claim.claimKey());
        Sql.update(
                connection,
                """
                INSERT INTO mesh.unbound_member (member_id, mesh_id, invite_id, claim_key, account_id, claimed_at,
                    expires_at, profile) VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb)""",
                memberId,
                claim.meshId(),
                claim.inviteId(),
                claim.claimKey(),
                claim.accountId(),
                clock.instant(),
                clock.instant().plus(life),
                json(new Kept(claim.role(), claim.profile())));
        return memberId;
    }

    /**
     * Binds a key to a claim.
     *
     * @param publicKey the key that signed the hello, lower-case hex; it is no member of the mesh yet
     * @return false when no claim with that id waits in that mesh
     */
    public boolean bind(String meshId, String memberId, String publicKey) {
        boolean bound = transactions.run(connection -> {
            Optional<Row> claim = take(connection, meshId, memberId);
            return claim.isPresent() && bind(connection, meshId, claim.get(), publicKey);
        });
        if (bound) {
            changed.accept(meshId);
        }
        return bound;
    }

    /** Whoever deletes the row is the one that binds it. */
    private Optional<Row> take(Connection connection, String meshId, String memberId) throws SQLException {
        return Sql.first(connection, """
                DELETE FROM mesh.unbound_member WHERE mesh_id = ? AND member_id = ? AND expires_at > ?
                RETURNING member_id, invite_id, claim_key, account_id, profile::text""", UnboundMembers::row, meshId, memberId, clock.instant());
    }

    private boolean bind(Connection connection, String meshId, Row claim, String publicKey) throws SQLException {
        Kept kept = claim.kept();
        Enrolment enrolment = enrolments.enrol(
                connection,
                claim.memberId(),
                new Joining(meshId, publicKey, kept.role(), kept.profile(), claim.accountId()));
        if (!(enrolment instanceof Enrolment.Added added)) {
            return false;
        }
        Sql.update(connection, """
                INSERT INTO mesh.invite_claim (invite_id, member_id, claimed_at, claim_key) VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING""", claim.inviteId(), added.memberId(), clock.instant(), claim.claimKey());
        chains.append(
                connection,
                List.of(AuditEvent.of(
                        meshId,
                        "member_joined",
                        added.memberId(),
                        kept.profile().displayName(),
                        Map.of("inviteId", claim.inviteId(), "role", kept.role().wire(), "bound", true),
                        clock.instant())));
        return true;
    }

    /** Deletes up to {@code maxRows} claims that nobody came for; returns how many. */
    public int sweep(Connection connection, int maxRows) throws SQLException {
        return Sql.update(connection, """
                DELETE FROM mesh.unbound_member WHERE member_id IN (
                    SELECT member_id FROM mesh.unbound_member WHERE expires_at < ?
                    LIMIT ? FOR UPDATE SKIP LOCKED)""", clock.instant(), maxRows);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("member_id"),
                row.getString("invite_id"),
                row.getString("claim_key"),
                row.getString("account_id"),
                kept(row.getString("profile")));
    }

    private static String json(Kept kept) {
        try {
            return Json.mapper().writeValueAsString(kept);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a claim cannot be written", e);
        }
    }

    private static Kept kept(String json) throws SQLException {
        try {
            return Json.mapper().readValue(json, Kept.class);
        } catch (JsonProcessingException e) {
            throw new SQLException("a stored claim cannot be read", e);
        }
    }
}
