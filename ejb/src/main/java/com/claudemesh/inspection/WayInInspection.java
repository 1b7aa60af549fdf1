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

/** The ways in which an account signs in: its password, and its identities at the single sign-on provider. */
public final class WayInInspection {
    private static final Listing WAYS =
            new Listing("w.id, w.provider, w.issuer, w.subject, w.created_at, w.updated_at", """
            (SELECT 'credential' AS id, 'credential' AS provider, NULL AS issuer, id AS subject, id AS account_id,
                created_at, coalesce(password_changed_at, created_at) AS updated_at
             FROM public.account WHERE password_hash IS NOT NULL
             UNION ALL
             SELECT id, 'oidc', issuer, subject, account_id, created_at, last_used_at FROM public.account_identity) w""", sortable(), "w.id");

    private final Transactions transactions;

    public WayInInspection(Transactions transactions) {
        this.transactions = transactions;
    }

    private static LinkedHashMap<String, String> sortable() {
        LinkedHashMap<String, String> columns = new LinkedHashMap<>();
        columns.put("createdAt", "w.created_at");
        columns.put("updatedAt", "w.updated_at");
        columns.put("providerId", "w.provider");
        columns.put("issuer", "w.issuer");
        columns.put("accountId", "w.subject");
        return columns;
    }

    /**
     * One way in.
     *
     * @param provider {@code credential} for the password, else {@code oidc}
     * @param issuer null for the password
     * @param subject who the account is there: at the provider its subject, here its id
     * @param updatedAt when the password was chosen, or the identity last used
     */
    public record Row(
            String id,
            String provider,
            @Nullable String issuer,
            String subject,
            Instant createdAt,
            Instant updatedAt) {}

    /** Which ways are asked for; empty and null mean all. */
    public record Filter(
            String accountId,
            Set<String> providers,
            @Nullable TimeRange created) {}

    public static Set<String> sortableColumns() {
        return WAYS.sortableColumns();
    }

    public Page<Row> ways(Filter filter, PageRequest request) {
        Conditions conditions = new Conditions()
                .and("w.account_id = ?", filter.accountId())
                .contains(request.text(), "w.provider", "w.issuer", "w.subject")
                .oneOf("w.provider", filter.providers())
                .within("w.created_at", filter.created());
        return transactions.run(connection -> WAYS.page(connection, conditions, request, WayInInspection::row));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("id"),
                row.getString("provider"),
                row.getString("issuer"),
                row.getString("subject"),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "updated_at"));
    }
}
