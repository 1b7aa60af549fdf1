package com.claudemesh.platform;

import java.time.Duration;

/**
 * The operator's numbers about presence.
 *
 * @param statusTtl after how long without a report {@code working} counts as over
 * @param hookFreshWindow how long a hook's status outranks weaker reports
 * @param hookRatePerMinute reports of one coding session's hooks
 * @param hookRatePerAddressPerMinute reports of all hooks of one network address
 * @param pendingStatus how long a hook's report waits for its connection
 * @param leaseGrace how long a session or daemon keeps its place after its connection was lost
 * @param changesPerMinute changes of visibility and profile per member
 * @param retention how long rows of ended presences are kept
 */
public record PresenceSettings(
        Duration statusTtl,
        Duration hookFreshWindow,
        int hookRatePerMinute,
        int hookRatePerAddressPerMinute,
        Duration pendingStatus,
        Duration leaseGrace,
        int changesPerMinute,
        Duration retention) {

    static PresenceSettings from(Settings.Reader reader) {
        return new PresenceSettings(
                Duration.ofSeconds(reader.number("STATUS_TTL_SECONDS", 60, 1, 86_400)),
                Duration.ofSeconds(reader.number("HOOK_FRESH_WINDOW_SECONDS", 30, 1, 86_400)),
                reader.number("HOOK_RATE_LIMIT_PER_MIN", 30, 1, 1_000_000_000),
                reader.number("CLAUDEMESH_HOOK_RATE_PER_ADDRESS_PER_MINUTE", 600, 1, 1_000_000_000),
                Duration.ofSeconds(reader.number("CLAUDEMESH_PENDING_STATUS_SECONDS", 10, 1, 600)),
                Duration.ofMillis(reader.number("CLAUDEMESH_LEASE_GRACE_MILLIS", 90_000, 1, 3_600_000)),
                reader.number("CLAUDEMESH_PRESENCE_CHANGES_PER_MINUTE", 60, 1, 1_000_000_000),
                Duration.ofDays(reader.number("CLAUDEMESH_PRESENCE_RETENTION_DAYS", 30, 1, 3_650)));
    }
}
