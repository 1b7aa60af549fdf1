package com.claudemesh.messaging;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whose a session key is that is not connected, remembered for a minute so that a sender that keeps trying costs no query
 * per message. Bounded; safe for any thread. The lookup blocks.
 */
public final class SessionKeyOwners {
    private static final int MAX_ENTRIES = 10_000;
    private static final Duration FRESH = Duration.ofMinutes(1);

    /** Finds the member that used a session key recently. */
    @FunctionalInterface
    public interface Lookup {
        Optional<String> memberOf(String meshId, String sessionPublicKey);
    }

    private record Key(String meshId, String sessionPublicKey) {}

    private record Entry(Optional<String> memberId, long readAtMillis) {}

    private final Lookup lookup;
    private final Clock clock;
    private final Map<Key, Entry> cache = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Entry> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    public SessionKeyOwners(Lookup lookup, Clock clock) {
        this.lookup = lookup;
        this.clock = clock;
    }

    public Optional<String> memberOf(String meshId, String sessionPublicKey) {
        Key key = new Key(meshId, sessionPublicKey);
        long now = clock.millis();
        synchronized (cache) {
            Entry entry = cache.get(key);
            if (entry != null && now - entry.readAtMillis() < FRESH.toMillis()) {
                return entry.memberId();
            }
        }
        Optional<String> found = lookup.memberOf(meshId, sessionPublicKey);
        synchronized (cache) {
            cache.remove(key);
            cache.put(key, new Entry(found, now));
        }
        return found;
    }
}
