package com.claudemesh.inspection;

import com.claudemesh.inspection.Listing.Conditions;
import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All meshes of the server, archived ones included, with their members. */
public final class MeshInspection {
    private static final int MAX_MEMBERS = 10_000;

    private static final String COLUMNS = """
            m.id, m.name, m.slug, m.visibility, m.transport, m.tier, m.created_at, m.archived_at,
            m.owner_account_id, a.name AS owner_name, a.email AS owner_email, count.members AS member_count""";

    private static final String FROM = """
            mesh.mesh m LEFT JOIN public.account a ON a.id = m.owner_account_id
            CROSS JOIN LATERAL (
                SELECT count(*) AS members FROM mesh.member c
                WHERE c.mesh_id = m.id AND c.left_at IS NULL AND c.revoked_at IS NULL) count""";

    private static final Listing MESHES = new Listing(COLUMNS, FROM, sortable(), "m.id");

    private final Transactions transactions;
    private final Clock clock;

    public MeshInspection(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    private static LinkedHashMap<String, String> sortable() {
        LinkedHashMap<String, String> columns = new LinkedHashMap<>();
        columns.put("createdAt", "m.created_at");
        columns.put("archivedAt", "m.archived_at");
        columns.put("name", "m.name");
        columns.put("slug", "m.slug");
        columns.put("visibility", "m.visibility");
        columns.put("transport", "m.transport");
        columns.put("tier", "m.tier");
        columns.put("ownerName", "a.name");
        columns.put("memberCount", "count.members");
        return columns;
    }

    /** One mesh. */
    public record Row(
            String meshId,
            String name,
            String slug,
            String visibility,
            String transport,
            String tier,
            Instant createdAt,
            @Nullable Instant archivedAt,
            @Nullable String ownerAccountId,
            @Nullable String ownerName,
            @Nullable String ownerEmail,
            long memberCount) {}

    /** One member. {@code endedAt} is when it left or was banned. */
    public record MemberRow(
            String memberId,
            String displayName,
            String role,
            String publicKey,
            @Nullable String accountId,
            Instant joinedAt,
            @Nullable Instant lastSeenAt,
            @Nullable Instant endedAt) {}

    /** Numbers of the whole server. */
    public record Totals(
            long meshes, long activeMeshes, long totalPresences, long activePresences, long messagesOfLastDay) {}

    /**
     * Which meshes are asked for; empty sets and null mean all.
     *
     * @param archived whether the mesh has ended
     */
    public record Filter(
            Set<String> tiers,
            Set<String> transports,
            Set<String> visibilities,
            @Nullable Boolean archived,
            @Nullable TimeRange created) {}

    public static Set<String> sortableColumns() {
        return MESHES.sortableColumns();
    }

    public Page<Row> meshes(Filter filter, PageRequest request) {
        Conditions conditions = new Conditions()
                .contains(request.text(), "m.name", "m.slug")
                .oneOf("m.tier", filter.tiers())
                .oneOf("m.transport", filter.transports())
                .oneOf("m.visibility", filter.visibilities())
                .holds("m.archived_at IS NOT NULL", filter.archived())
                .within("m.created_at", filter.created());
        return transactions.run(connection -> MESHES.page(connection, conditions, request, MeshInspection::row));
    }

    public Optional<Row> mesh(String meshId) {
        return transactions.run(connection -> Sql.first(
                connection, "SELECT " + COLUMNS + " FROM " + FROM + " WHERE m.id = ?", MeshInspection::row, meshId));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("id"),
                row.getString("name"),
                row.getString("slug"),
                row.getString("visibility"),
                row.getString("transport"),
                row.getString("tier"),
                Sql.instant(row, "created_at"),
                Sql.optionalInstant(row, "archived_at"),
                row.getString("owner_account_id"),
                row.getString("owner_name"),
                row.getString("owner_email"),
                row.getLong("member_count"));
    }

    /** All members of a mesh, those that are gone included, in the order in which they joined. */
    public List<MemberRow> members(String meshId) {
        return transactions.run(connection -> Sql.list(
                connection,
                "SELECT m.id, m.display_name, m.role, m.peer_pubkey, m.account_id, m.joined_at, "
                        + SessionInspection.LAST_SEEN
                        + " AS last_seen_at, coalesce(m.revoked_at, m.left_at) AS ended_at"
                        + " FROM mesh.member m WHERE m.mesh_id = ? ORDER BY m.joined_at, m.id LIMIT ?",
                MeshInspection::member,
                meshId,
                MAX_MEMBERS));
    }

    private static MemberRow member(ResultSet row) throws SQLException {
        return new MemberRow(
                row.getString("id"),
                row.getString("display_name"),
                row.getString("role"),
                row.getString("peer_pubkey"),
                row.getString("account_id"),
                Sql.instant(row, "joined_at"),
                Sql.optionalInstant(row, "last_seen_at"),
                Sql.optionalInstant(row, "ended_at"));
    }

    /** The meshes that an account owns, archived ones included, newest first, up to {@code maxRows}. */
    public List<Row> ownedBy(String accountId, int maxRows) {
        return transactions.run(connection -> Sql.list(
                connection,
                "SELECT " + COLUMNS + " FROM " + FROM
                        + " WHERE m.owner_account_id = ? ORDER BY m.created_at DESC, m.id LIMIT ?",
                MeshInspection::row,
                accountId,
                maxRows));
    }

    /** Counted now; messages as far as they are kept. */
    public Totals totals() {
        Instant dayAgo = clock.instant().minus(Duration.ofDays(1));
        return transactions.run(connection -> Sql.first(
                        connection,
                        """
                        SELECT (SELECT count(*) FROM mesh.mesh) AS meshes,
                            (SELECT count(*) FROM mesh.mesh WHERE archived_at IS NULL) AS active_meshes,
                            (SELECT count(*) FROM mesh.presence) AS presences,
                            (SELECT count(*) FROM mesh.presence WHERE disconnected_at IS NULL) AS active_presences,
                            (SELECT count(*) FROM mesh.message WHERE created_at >= ?) AS messages""",
                        row -> new Totals(
                                row.getLong("meshes"),
                                row.getLong("active_meshes"),
                                row.getLong("presences"),
                                row.getLong("active_presences"),
                                row.getLong("messages")),
                        dayAgo)
                .orElseThrow());
    }

    /** Messages that the server has ever accepted: every one is an event of a record, and records stay. */
    public long messagesEver() {
        return transactions
                .run(connection -> Sql.first(connection, """
                        SELECT (SELECT coalesce(sum(entries), 0) FROM mesh.audit_head)
                            - (SELECT count(*) FROM mesh.audit_log WHERE event_type <> 'message_sent')""", row -> row.getLong(1)))
                .orElse(0L);
    }
}
