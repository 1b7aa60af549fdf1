package com.claudemesh.presence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hook reports that came before the connection they are about. Kept for a few seconds, at most {@link #MAX_REPORTS} of
 * them, the newest per process; each is used once. Safe for any thread.
 */
final class PendingStatuses {
    static final int MAX_REPORTS = 2_000;

    private record Key(String clientAddress, long pid, String cwd) {}

    private record Entry(HookReport report, Instant at) {}

    private final Clock clock;
    private final Duration lifetime;
    private final Map<Key, Entry> reports = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Entry> eldest) {
            return size() > MAX_REPORTS;
        }
    };

    PendingStatuses(Clock clock, Duration lifetime) {
        this.clock = clock;
        this.lifetime = lifetime;
    }

    synchronized void keep(HookReport report) {
        Key key = new Key(report.clientAddress(), report.pid(), report.cwd());
        reports.remove(key);
        reports.put(key, new Entry(report, clock.instant()));
    }

    /** Uses up the newest report about this connection. */
    synchronized Optional<HookReport> take(PeerOrigin origin, ClientInfo client) {
        Instant oldest = clock.instant().minus(lifetime);
        @Nullable HookReport newest = null;
        Iterator<Entry> entries = reports.values().iterator();
        while (entries.hasNext()) {
            Entry entry = entries.next();
            if (concerns(entry.report(), origin, client)) {
                entries.remove();
                newest = entry.at().isBefore(oldest) ? newest : entry.report();
            }
        }
        return Optional.ofNullable(newest);
    }

    private static boolean concerns(HookReport report, PeerOrigin origin, ClientInfo client) {
        return origin.isFrom(report.clientAddress())
                && (report.namesSession(client.sessionId()) || report.namesProcess(client.pid(), client.cwd()));
    }

    /** Forgets what nobody came for. */
    synchronized void sweep() {
        Instant oldest = clock.instant().minus(lifetime);
        reports.values().removeIf(entry -> entry.at().isBefore(oldest));
    }

    synchronized int size() {
        return reports.size();
    }
}
