package com.claudemesh.sdk;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers ids only, up to a bound, and only as long as the process lives. */
public final class MemoryInboxStore implements InboxStore {
    private static final int MAX_IDS = 100_000;

    private final Map<String, Boolean> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_IDS;
        }
    };

    @Override
    public synchronized boolean add(IncomingMessage message) {
        return known.put(message.messageId(), true) == null;
    }
}
