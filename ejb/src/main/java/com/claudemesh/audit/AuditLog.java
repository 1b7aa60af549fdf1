package com.claudemesh.audit;

import com.claudemesh.protocol.crypto.audit.AuditChain;
import com.claudemesh.protocol.crypto.audit.AuditEntry;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Appends to the hash chain of a mesh. */
@ApplicationScoped
public class AuditLog {

    @PersistenceContext(unitName = "claudemesh")
    private EntityManager entities;

    @Inject
    private Clock clock;

    /** Appends an event in the caller's transaction; it is kept if and only if the change that it describes is. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(
            String meshId,
            String eventType,
            @Nullable String actorMemberId,
            @Nullable String actorDisplayName,
            Map<String, ?> payload) {
        entities.createNativeQuery("SELECT pg_advisory_xact_lock(?)")
                .setParameter(1, AuditChain.advisoryLockKey(meshId))
                .getResultList();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        JsonNode body = Json.mapper().valueToTree(payload);
        String previous = head(meshId);
        AuditEntry entry = new AuditEntry(meshId, eventType, actorMemberId, body, AuditEntry.timeText(now));
        entities.createNativeQuery("""
                        INSERT INTO mesh.audit_log (mesh_id, event_type, actor_member_id, actor_display_name, payload,
                            prev_hash, hash, created_at)
                        VALUES (?, ?, ?, ?, CAST(? AS jsonb), ?, ?, ?)""")
                .setParameter(1, meshId)
                .setParameter(2, eventType)
                .setParameter(3, actorMemberId)
                .setParameter(4, actorDisplayName)
                .setParameter(5, body.toString())
                .setParameter(6, previous)
                .setParameter(7, entry.hash(previous))
                .setParameter(8, Timestamp.from(now))
                .executeUpdate();
    }

    private String head(String meshId) {
        List<?> last = entities.createNativeQuery(
                        "SELECT hash FROM mesh.audit_log WHERE mesh_id = ? ORDER BY id DESC LIMIT 1")
                .setParameter(1, meshId)
                .getResultList();
        return last.isEmpty() ? AuditEntry.GENESIS : last.get(0).toString();
    }
}
