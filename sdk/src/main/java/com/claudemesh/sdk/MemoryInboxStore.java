package com.claudemesh.sdk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers which messages there were, the latest {@value #MAX_MESSAGES}, as long as the process lives. */
public final class MemoryInboxStore implements InboxStore {
    static final int MAX_MESSAGES = 10_000;

    private final Map<String, Boolean> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > 2 * MAX_MESSAGES;
        }
    };

    @Override
    public synchronized boolean add(IncomingMessage message) {
        List<String> keys = MessageKeys.of(message);
        boolean fresh = keys.stream().noneMatch(known::containsKey);
        keys.forEach(key -> known.put(key, true));
        return fresh;
    }
}
