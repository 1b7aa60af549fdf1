package com.claudemesh.identity;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * When keys were last used, collected in memory and written many at a time: using a key must not cost a write. What a node
 * collected since the last write is lost with it, which makes a last use some seconds too old. Safe for any thread.
 */
public final class LastUses {

    /** Writes the last uses by id. */
    @FunctionalInterface
    public interface Writer {
        void write(Map<String, Instant> lastUses);
    }

    private final ConcurrentMap<String, Instant> pending = new ConcurrentHashMap<>();
    private final Clock clock;

    public LastUses(Clock clock) {
        this.clock = clock;
    }

    public void usedNow(String id) {
        pending.put(id, clock.instant());
    }

    /** Writes what was collected; after a failure the same is tried again next time. */
    public void flush(Writer writer) {
        Map<String, Instant> batch = new HashMap<>(pending);
        if (batch.isEmpty()) {
            return;
        }
        writer.write(batch);
        batch.forEach(pending::remove);
    }
}
