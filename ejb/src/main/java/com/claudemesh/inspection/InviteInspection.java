package com.claudemesh.inspection;

import com.claudemesh.inspection.Listing.Conditions;
import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Invitations of all meshes, without what would let somebody in. */
public final class InviteInspection {
    private static final Listing INVITES = new Listing("""
            i.id, i.mesh_id, g.name AS mesh_name, g.slug AS mesh_slug, i.max_uses, i.used_count, i.role, i.expires_at,
            i.created_at, i.revoked_at, a.name AS created_by_name""", """
            mesh.invite i JOIN mesh.mesh g ON g.id = i.mesh_id
            LEFT JOIN public.account a ON a.id = i.created_by""", sortable(), "i.id");

    private final Transactions transactions;
    private final Clock clock;

    public InviteInspection(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    private static LinkedHashMap<String, String> sortable() {
        LinkedHashMap<String, String> columns = new LinkedHashMap<>();
        columns.put("createdAt", "i.created_at");
        columns.put("expiresAt", "i.expires_at");
        columns.put("revokedAt", "i.revoked_at");
        columns.put("meshName", "g.name");
        columns.put("meshSlug", "g.slug");
        columns.put("usedCount", "i.used_count");
        columns.put("maxUses", "i.max_uses");
        columns.put("role", "i.role");
        return columns;
    }

    /** One invitation. */
    public record Row(
            String inviteId,
            String meshId,
            String meshName,
            String meshSlug,
            int maxUses,
            int usedCount,
            String role,
            Instant expiresAt,
            Instant createdAt,
            @Nullable Instant revokedAt,
            @Nullable String createdByName) {}

    /** Which invitations are asked for; empty and null mean all. */
    public record Filter(
            @Nullable String meshId,
            @Nullable String createdBy,
            Set<String> roles,
            @Nullable Boolean revoked,
            @Nullable Boolean expired,
            @Nullable TimeRange created) {

        public static Filter ofMesh(String meshId) {
            return new Filter(meshId, null, Set.of(), null, null, null);
        }

        public static Filter madeBy(String accountId) {
            return new Filter(null, accountId, Set.of(), null, null, null);
        }
    }

    public static Set<String> sortableColumns() {
        return INVITES.sortableColumns();
    }

    public Page<Row> invites(Filter filter, PageRequest request) {
        Conditions conditions = new Conditions()
                .contains(request.text(), "g.name", "g.slug")
                .oneOf("i.role", filter.roles())
                .holds("i.revoked_at IS NOT NULL", filter.revoked())
                .within("i.created_at", filter.created());
        if (filter.meshId() != null) {
            conditions.and("i.mesh_id = ?", filter.meshId());
        }
        if (filter.createdBy() != null) {
            conditions.and("i.created_by = ?", filter.createdBy());
        }
        if (filter.expired() != null) {
            conditions.and(filter.expired() ? "i.expires_at <= ?" : "i.expires_at > ?", clock.instant());
        }
        return transactions.run(connection -> INVITES.page(connection, conditions, request, InviteInspection::row));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("id"),
                row.getString("mesh_id"),
                row.getString("mesh_name"),
                row.getString("mesh_slug"),
                row.getInt("max_uses"),
                row.getInt("used_count"),
                row.getString("role"),
                Sql.instant(row, "expires_at"),
                Sql.instant(row, "created_at"),
                Sql.optionalInstant(row, "revoked_at"),
                row.getString("created_by_name"));
    }
}
