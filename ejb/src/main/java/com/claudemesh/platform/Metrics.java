package com.claudemesh.platform;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;

/**
 * The server's numbers in Prometheus text format 0.0.4. Asking twice for one name gives the same counter. Safe for any
 * thread.
 */
public final class Metrics {
    private record Series(String help, String type, java.util.function.Function<String, String> body, Object source) {}

    private final Map<String, Series> series = new ConcurrentSkipListMap<>();

    public Counter counter(String name, String help) {
        Series found = series.computeIfAbsent(name, key -> {
            Counter counter = new Counter();
            return new Series(help, "counter", counter::render, counter);
        });
        return (Counter) found.source();
    }

    /** Registers a gauge; a later one of the same name replaces it. */
    public void gauge(String name, String help, LongSupplier value) {
        series.put(name, new Series(help, "gauge", key -> key + " " + value.getAsLong() + "\n", value));
    }

    public String render() {
        StringBuilder text = new StringBuilder();
        series.forEach((name, one) -> text.append("# HELP ")
                .append(name)
                .append(' ')
                .append(one.help())
                .append("\n# TYPE ")
                .append(name)
                .append(' ')
                .append(one.type())
                .append('\n')
                .append(one.body().apply(name)));
        return text.toString();
    }
}
