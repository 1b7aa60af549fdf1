package com.claudemesh.identity;

import com.claudemesh.platform.Sql;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record of what happened to accounts, written in the transaction of the change that it describes. The database refuses
 * to change or delete a row. Never holds secrets. Blocking; safe for any thread.
 */
public final class AccountLog {

    /** What is recorded. */
    public enum Event {
        ACCOUNT_CREATED,
        ACCOUNT_SET_UP,
        ACCOUNT_CHANGED,
        IDENTITY_LINKED,
        WAY_IN_REMOVED,
        SIGNED_IN,
        SIGN_IN_FAILED,
        SIGN_IN_THROTTLED,
        SIGNED_OUT,
        SIGNED_OUT_EVERYWHERE,
        SESSION_ENDED,
        PASSWORD_CHANGED,
        PASSWORD_RESET,
        LINK_ISSUED,
        TOKEN_ISSUED,
        TOKEN_REVOKED,
        DEVICE_APPROVED,
        DEVICE_DENIED;

        String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** One row. */
    public record Entry(
            @Nullable String accountId,
            String event,
            @Nullable String address,
            JsonNode details,
            Instant at) {}

    private final Clock clock;

    public AccountLog(Clock clock) {
        this.clock = clock;
    }

    /** @param accountId whom it happened to; null for an account that does not exist */
    public void append(
            Connection connection,
            Event event,
            @Nullable String accountId,
            @Nullable RequestOrigin origin,
            Map<String, ?> details)
            throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO public.account_log (account_id, event_type, address, details, created_at)
                VALUES (?, ?, ?, ?::jsonb, ?)""",
                accountId,
                event.wire(),
                origin == null ? null : origin.address(),
                json(details),
                clock.instant());
    }

    /** The newest rows of an account, newest first. */
    public List<Entry> newest(Connection connection, String accountId, int maxRows) throws SQLException {
        return Sql.list(
                connection,
                """
                SELECT account_id, event_type, address, details, created_at FROM public.account_log
                WHERE account_id = ? ORDER BY id DESC LIMIT ?""",
                row -> new Entry(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        parsed(row.getString(4)),
                        Sql.instant(row, "created_at")),
                accountId,
                maxRows);
    }

    private static JsonNode parsed(String json) {
        try {
            return Json.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("details of the account log are unreadable", e);
        }
    }

    private static String json(Map<String, ?> details) {
        try {
            return Json.mapper().writeValueAsString(details);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("details cannot be written", e);
        }
    }
}
