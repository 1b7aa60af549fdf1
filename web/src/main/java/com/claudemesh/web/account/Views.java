package com.claudemesh.web.account;

import com.claudemesh.identity.Account;
import com.claudemesh.identity.AccountToken;
import com.claudemesh.identity.WebSession;
import com.claudemesh.presence.WireTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Things of accounts as JSON. */
final class Views {
    private Views() {}

    static Map<String, Object> account(Account account) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", account.id());
        body.put("name", account.name());
        body.put("email", account.email());
        body.put("role", account.role().wire());
        return body;
    }

    static Map<String, Object> session(WebSession session, boolean current) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", session.id());
        body.put("current", current);
        body.put("address", session.address());
        body.put("user_agent", session.userAgent());
        body.put("created_at", WireTime.text(session.createdAt()));
        body.put("last_seen_at", WireTime.text(session.lastSeenAt()));
        body.put("expires_at", WireTime.text(session.expiresAt()));
        return body;
    }

    static Map<String, Object> token(AccountToken token) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", token.id());
        body.put("kind", token.kind().wire());
        body.put("name", token.name());
        body.put("hostname", token.device().hostname());
        body.put("created_at", WireTime.text(token.createdAt()));
        body.put("expires_at", WireTime.text(token.expiresAt()));
        body.put("last_used_at", time(token.lastUsedAt()));
        return body;
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : WireTime.text(instant);
    }
}
