package com.claudemesh.platform;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** A number that only grows, with or without one label. Safe for any thread. */
public final class Counter {
    private final LongAdder total = new LongAdder();
    private final ConcurrentMap<Map.Entry<String, String>, LongAdder> labelled = new ConcurrentHashMap<>();

    Counter() {}

    public void increment() {
        total.increment();
    }

    /** Counts under a label; values must come from a small fixed set. */
    public void increment(String label, String value) {
        labelled.computeIfAbsent(Map.entry(label, value), key -> new LongAdder())
                .increment();
    }

    String render(String name) {
        if (labelled.isEmpty()) {
            return name + " " + total.sum() + "\n";
        }
        return labelled.entrySet().stream()
                .sorted(java.util.Comparator.comparing(entry -> entry.getKey().toString()))
                .map(entry -> name + "{" + entry.getKey().getKey() + "=\""
                        + escape(entry.getKey().getValue()) + "\"} "
                        + entry.getValue().sum() + "\n")
                .collect(Collectors.joining());
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
