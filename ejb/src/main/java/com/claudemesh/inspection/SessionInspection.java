package com.claudemesh.inspection;

import com.claudemesh.inspection.Listing.Conditions;
import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Connections, live ones and as long as they are kept those that ended, and when members were last seen. */
public final class SessionInspection {
    /** When the member {@code m} was last connected: by its live connections, its newest one, and what they left behind. */
    static final String LAST_SEEN = """
            greatest(
                (SELECT max(p.last_ping_at) FROM mesh.presence p
                 WHERE p.member_id = m.id AND p.disconnected_at IS NULL),
                (SELECT coalesce(p.disconnected_at, p.last_ping_at) FROM mesh.presence p
                 WHERE p.member_id = m.id ORDER BY p.connected_at DESC LIMIT 1),
                (SELECT s.last_seen_at FROM mesh.peer_state s WHERE s.mesh_id = m.mesh_id AND s.member_id = m.id))""";

    /** How many of the server's latest endings are looked at: asked every few seconds, it must not depend on history. */
    private static final int MAX_SEARCHED = 2_000;

    private static final String COLUMNS = """
            p.id, p.member_id, p.display_name, p.mesh_id, g.name AS mesh_name, g.slug AS mesh_slug, p.session_id, p.pid,
            p.cwd, p.connected_at, p.last_ping_at, p.disconnected_at""";

    private static final String NEWEST = "SELECT " + COLUMNS + """
            \sFROM (
                (SELECT p.* FROM mesh.member m JOIN mesh.presence p ON p.member_id = m.id AND p.disconnected_at IS NULL
                 WHERE m.mesh_id = ? AND p.remembered AND (? OR p.visible OR p.member_id = ANY (?))
                 ORDER BY p.connected_at DESC LIMIT ?)
                UNION ALL
                (SELECT p.* FROM (
                    SELECT * FROM mesh.presence WHERE disconnected_at IS NOT NULL
                    ORDER BY disconnected_at DESC LIMIT ?) p
                 WHERE p.mesh_id = ? AND p.remembered AND (? OR p.visible OR p.member_id = ANY (?)))
            ) p JOIN mesh.mesh g ON g.id = p.mesh_id
            ORDER BY p.disconnected_at DESC NULLS FIRST, p.connected_at DESC, p.id LIMIT ?""";

    private static final Listing SESSIONS =
            new Listing(COLUMNS, "mesh.presence p JOIN mesh.mesh g ON g.id = p.mesh_id", sortable(), "p.id");

    private final Transactions transactions;

    public SessionInspection(Transactions transactions) {
        this.transactions = transactions;
    }

    private static LinkedHashMap<String, String> sortable() {
        LinkedHashMap<String, String> columns = new LinkedHashMap<>();
        columns.put("connectedAt", "p.connected_at");
        columns.put("lastPingAt", "p.last_ping_at");
        columns.put("disconnectedAt", "p.disconnected_at");
        columns.put("displayName", "p.display_name");
        columns.put("meshName", "g.name");
        columns.put("meshSlug", "g.slug");
        return columns;
    }

    /** One connection. */
    public record Row(
            String presenceId,
            String memberId,
            String displayName,
            String meshId,
            String meshName,
            String meshSlug,
            String sessionId,
            long pid,
            String cwd,
            Instant connectedAt,
            Instant lastPingAt,
            @Nullable Instant disconnectedAt) {}

    public static Set<String> sortableColumns() {
        return SESSIONS.sortableColumns();
    }

    /**
     * @param active whether the connection lives; null for both
     * @param presenceIds only these; null for all
     */
    public Page<Row> sessions(@Nullable Boolean active, @Nullable Collection<String> presenceIds, PageRequest request) {
        Conditions conditions = new Conditions()
                .contains(request.text(), "p.display_name", "g.name", "g.slug")
                .holds("p.disconnected_at IS NULL", active);
        if (presenceIds != null) {
            conditions.and("p.id = ANY (?)", (Object) presenceIds.toArray(String[]::new));
        }
        return transactions.run(connection -> SESSIONS.page(connection, conditions, request, SessionInspection::row));
    }

    /** The connections of a mesh, live ones first, then those that ended last. Those of single commands are left out. */
    public List<Row> newestOf(String meshId, int maxRows) {
        return newest(meshId, true, List.of(), maxRows);
    }

    /** As {@link #newestOf}, of connections that show themselves or belong to one of the members. */
    public List<Row> newestShownTo(String meshId, Collection<String> memberIds, int maxRows) {
        return newest(meshId, false, memberIds, maxRows);
    }

    private List<Row> newest(String meshId, boolean hiddenToo, Collection<String> memberIds, int maxRows) {
        String[] own = memberIds.toArray(String[]::new);
        return transactions.run(connection -> Sql.list(
                connection,
                NEWEST,
                SessionInspection::row,
                meshId,
                hiddenToo,
                own,
                maxRows,
                MAX_SEARCHED,
                meshId,
                hiddenToo,
                own,
                maxRows));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("id"),
                row.getString("member_id"),
                row.getString("display_name"),
                row.getString("mesh_id"),
                row.getString("mesh_name"),
                row.getString("mesh_slug"),
                row.getString("session_id"),
                row.getLong("pid"),
                row.getString("cwd"),
                Sql.instant(row, "connected_at"),
                Sql.instant(row, "last_ping_at"),
                Sql.optionalInstant(row, "disconnected_at"));
    }

    /** When the members of a mesh were last connected, by their ids; those that never were are missing. */
    public Map<String, Instant> lastSeen(String meshId) {
        Map<String, Instant> times = new HashMap<>();
        transactions.execute(connection -> Sql.list(
                connection,
                "SELECT m.id, " + LAST_SEEN + " AS seen FROM mesh.member m WHERE m.mesh_id = ?",
                row -> {
                    Instant seen = Sql.optionalInstant(row, "seen");
                    if (seen != null) {
                        times.put(row.getString("id"), seen);
                    }
                    return true;
                },
                meshId));
        return times;
    }
}
