package com.claudemesh.web.admin;

import com.claudemesh.identity.AccountLog;
import com.claudemesh.identity.IssuedLink;
import com.claudemesh.inspection.AccountInspection;
import com.claudemesh.inspection.WayInInspection;
import com.claudemesh.presence.WireTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Accounts as JSON, for administrators. */
final class UserViews {
    private UserViews() {}

    /** With the fields that old consoles know: there are no pictures, no second factors, and bans do not end by themselves. */
    static Map<String, Object> user(AccountInspection.Row account) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", account.accountId());
        body.put("email", account.email());
        body.put("name", account.name());
        body.put("emailVerified", account.emailVerified());
        body.put("image", null);
        body.put("role", account.role());
        body.put("banned", account.bannedAt() != null);
        body.put("banReason", account.banReason());
        body.put("banExpires", null);
        body.put("bannedAt", time(account.bannedAt()));
        body.put("twoFactorEnabled", false);
        body.put("hasPassword", account.hasPassword());
        body.put("createdAt", WireTime.text(account.createdAt()));
        return body;
    }

    static Map<String, Object> wayIn(WayInInspection.Row way) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", way.id());
        body.put("providerId", way.provider());
        body.put("issuer", way.issuer());
        body.put("accountId", way.subject());
        body.put("createdAt", WireTime.text(way.createdAt()));
        body.put("updatedAt", WireTime.text(way.updatedAt()));
        return body;
    }

    static Map<String, Object> link(IssuedLink link) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("mailed", link.mailed());
        body.put("url", link.mailed() ? null : link.url());
        body.put("expires_at", WireTime.text(link.expiresAt()));
        return body;
    }

    static Map<String, Object> logged(AccountLog.Entry entry) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event", entry.event());
        body.put("address", entry.address());
        body.put("details", entry.details());
        body.put("at", WireTime.text(entry.at()));
        return body;
    }

    private static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : WireTime.text(at);
    }
}
