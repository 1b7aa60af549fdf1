package com.claudemesh.inspection;

import com.claudemesh.inspection.Listing.Conditions;
import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All accounts of the server, without any secret of theirs. */
public final class AccountInspection {
    private static final String COLUMNS = """
            a.id, a.name, a.email, a.email_verified, a.role, a.password_hash IS NOT NULL AS has_password, a.created_at,
            a.disabled_at, a.ban_reason""";

    private static final Listing ACCOUNTS = new Listing(COLUMNS, "public.account a", sortable(), "a.id");

    private final Transactions transactions;

    public AccountInspection(Transactions transactions) {
        this.transactions = transactions;
    }

    private static LinkedHashMap<String, String> sortable() {
        LinkedHashMap<String, String> columns = new LinkedHashMap<>();
        columns.put("createdAt", "a.created_at");
        columns.put("name", "a.name");
        columns.put("email", "a.email");
        columns.put("emailVerified", "a.email_verified");
        columns.put("role", "a.role");
        columns.put("banned", "a.disabled_at IS NOT NULL");
        columns.put("bannedAt", "a.disabled_at");
        return columns;
    }

    /** One account. {@code bannedAt} is null while it is not banned. */
    public record Row(
            String accountId,
            String name,
            @Nullable String email,
            boolean emailVerified,
            String role,
            boolean hasPassword,
            Instant createdAt,
            @Nullable Instant bannedAt,
            @Nullable String banReason) {}

    /**
     * Which accounts are asked for; empty and null mean all.
     *
     * @param twoFactorEnabled true for none: this server has no second factor of its own
     */
    public record Filter(
            Set<String> roles,
            @Nullable Boolean twoFactorEnabled,
            @Nullable Boolean banned,
            @Nullable TimeRange created) {}

    public static Set<String> sortableColumns() {
        return ACCOUNTS.sortableColumns();
    }

    public Page<Row> accounts(Filter filter, PageRequest request) {
        Conditions conditions = new Conditions()
                .contains(request.text(), "a.name", "a.email")
                .oneOf("a.role", filter.roles())
                .holds("false", filter.twoFactorEnabled())
                .holds("a.disabled_at IS NOT NULL", filter.banned())
                .within("a.created_at", filter.created());
        return transactions.run(connection -> ACCOUNTS.page(connection, conditions, request, AccountInspection::row));
    }

    public Optional<Row> account(String accountId) {
        return transactions.run(connection -> Sql.first(
                connection,
                "SELECT " + COLUMNS + " FROM public.account a WHERE a.id = ?",
                AccountInspection::row,
                accountId));
    }

    public long count() {
        return transactions
                .run(connection -> Sql.first(connection, "SELECT count(*) FROM public.account", row -> row.getLong(1)))
                .orElse(0L);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("id"),
                row.getString("name"),
                row.getString("email"),
                row.getBoolean("email_verified"),
                row.getString("role"),
                row.getBoolean("has_password"),
                Sql.instant(row, "created_at"),
                Sql.optionalInstant(row, "disabled_at"),
                row.getString("ban_reason"));
    }
}
