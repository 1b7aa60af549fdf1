package com.claudemesh.inspection;

import com.claudemesh.inspection.Listing.Conditions;
import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recorded events of all meshes, those that ended included. */
public final class AuditInspection {
    private static final String COLUMNS = """
            l.id, l.mesh_id, g.name AS mesh_name, g.slug AS mesh_slug, l.event_type, l.actor_member_id,
            l.actor_display_name, l.payload::text, l.seq, l.prev_hash, l.hash, l.created_at""";

    /** The record of a mesh stays when its row is gone. */
    private static final String FROM = "mesh.audit_log l LEFT JOIN mesh.mesh g ON g.id = l.mesh_id";

    private static final Listing EVENTS = new Listing(COLUMNS, FROM, sortable(), "l.id DESC");

    private final Transactions transactions;

    public AuditInspection(Transactions transactions) {
        this.transactions = transactions;
    }

    private static LinkedHashMap<String, String> sortable() {
        LinkedHashMap<String, String> columns = new LinkedHashMap<>();
        columns.put("id", "l.id");
        columns.put("createdAt", "l.created_at");
        columns.put("eventType", "l.event_type");
        columns.put("meshName", "g.name");
        columns.put("meshSlug", "g.slug");
        return columns;
    }

    /**
     * One event.
     *
     * @param place its place in the mesh's chain, from 1
     */
    public record Row(
            long id,
            String meshId,
            @Nullable String meshName,
            @Nullable String meshSlug,
            String eventType,
            @Nullable String actorMemberId,
            @Nullable String actorDisplayName,
            JsonNode payload,
            long place,
            String previousHash,
            String hash,
            Instant createdAt) {}

    /** Which events are asked for; empty sets and null mean all. */
    public record Filter(
            Set<String> eventTypes,
            Set<String> meshIds,
            @Nullable TimeRange created) {}

    public static Set<String> sortableColumns() {
        return EVENTS.sortableColumns();
    }

    public Page<Row> events(Filter filter, PageRequest request) {
        Conditions conditions = new Conditions()
                .contains(request.text(), "g.name", "g.slug", "l.event_type", "l.actor_display_name")
                .oneOf("l.event_type", filter.eventTypes())
                .oneOf("l.mesh_id", filter.meshIds())
                .within("l.created_at", filter.created());
        return transactions.run(connection -> EVENTS.page(connection, conditions, request, AuditInspection::row));
    }

    /** The newest events of a mesh, newest first. */
    public List<Row> newestOf(String meshId, int maxRows) {
        return transactions.run(connection -> Sql.list(
                connection,
                "SELECT " + COLUMNS + " FROM " + FROM + " WHERE l.mesh_id = ? ORDER BY l.seq DESC LIMIT ?",
                AuditInspection::row,
                meshId,
                maxRows));
    }

    /** The newest events of the meshes that an account owns, newest first. */
    public List<Row> newestOwnedBy(String accountId, int maxRows) {
        return transactions.run(connection -> Sql.list(
                connection,
                "SELECT " + COLUMNS + " FROM mesh.mesh g CROSS JOIN LATERAL ("
                        + "SELECT * FROM mesh.audit_log o WHERE o.mesh_id = g.id ORDER BY o.seq DESC LIMIT ?) l"
                        + " WHERE g.owner_account_id = ? ORDER BY l.id DESC LIMIT ?",
                AuditInspection::row,
                maxRows,
                accountId,
                maxRows));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getString("mesh_id"),
                row.getString("mesh_name"),
                row.getString("mesh_slug"),
                row.getString("event_type"),
                row.getString("actor_member_id"),
                row.getString("actor_display_name"),
                payload(row.getString("payload")),
                row.getLong("seq"),
                row.getString("prev_hash"),
                row.getString("hash"),
                Sql.instant(row, "created_at"));
    }

    private static JsonNode payload(String json) throws SQLException {
        try {
            return Json.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new SQLException("the payload of an audit row cannot be read", e);
        }
    }
}
