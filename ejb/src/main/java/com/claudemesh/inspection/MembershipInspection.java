package com.claudemesh.inspection;

import com.claudemesh.inspection.Listing.Conditions;
import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every membership that an account has or had, in any mesh. */
public final class MembershipInspection {
    private static final Listing MEMBERSHIPS =
            new Listing("""
            m.mesh_id, g.name AS mesh_name, g.slug AS mesh_slug, m.id, m.display_name, m.role, m.joined_at,
            coalesce(m.revoked_at, m.left_at) AS ended_at""", "mesh.member m JOIN mesh.mesh g ON g.id = m.mesh_id", sortable(), "m.id");

    private final Transactions transactions;

    public MembershipInspection(Transactions transactions) {
        this.transactions = transactions;
    }

    private static LinkedHashMap<String, String> sortable() {
        LinkedHashMap<String, String> columns = new LinkedHashMap<>();
        columns.put("joinedAt", "m.joined_at");
        columns.put("revokedAt", "coalesce(m.revoked_at, m.left_at)");
        columns.put("meshName", "g.name");
        columns.put("meshSlug", "g.slug");
        columns.put("displayName", "m.display_name");
        columns.put("role", "m.role");
        return columns;
    }

    /** One membership. {@code endedAt} is when it left or was banned. */
    public record Row(
            String meshId,
            String meshName,
            String meshSlug,
            String memberId,
            String displayName,
            String role,
            Instant joinedAt,
            @Nullable Instant endedAt) {}

    /** Which memberships are asked for; empty and null mean all. */
    public record Filter(
            String accountId,
            Set<String> roles,
            @Nullable Boolean ended,
            @Nullable TimeRange joined) {

        public static Filter allOf(String accountId) {
            return new Filter(accountId, Set.of(), null, null);
        }
    }

    public static Set<String> sortableColumns() {
        return MEMBERSHIPS.sortableColumns();
    }

    public Page<Row> memberships(Filter filter, PageRequest request) {
        Conditions conditions = new Conditions()
                .and("m.account_id = ?", filter.accountId())
                .contains(request.text(), "g.name", "g.slug", "m.display_name")
                .oneOf("m.role", filter.roles())
                .holds("coalesce(m.revoked_at, m.left_at) IS NOT NULL", filter.ended())
                .within("m.joined_at", filter.joined());
        return transactions.run(
                connection -> MEMBERSHIPS.page(connection, conditions, request, MembershipInspection::row));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("mesh_id"),
                row.getString("mesh_name"),
                row.getString("mesh_slug"),
                row.getString("id"),
                row.getString("display_name"),
                row.getString("role"),
                Sql.instant(row, "joined_at"),
                Sql.optionalInstant(row, "ended_at"));
    }
}
