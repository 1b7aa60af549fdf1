package com.claudemesh.systemtests.harness;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Servers that several test classes share; started on first use, stopped when the run ends. Classes run side by side: one that
 * changes a server or counts on it locks its name.
 */
public final class SharedServer {
    public static final String DEFAULTS = "server with defaults";
    public static final String TUNED = "server with raised limits";

    private static final ConcurrentMap<String, Server> RUNNING = new ConcurrentHashMap<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(SharedServer::stopAll));
    }

    private SharedServer() {}

    private static void stopAll() {
        RUNNING.values().parallelStream().forEach(Server::close);
    }

    /** As an operator gets it: every limit at its default. */
    public static Server withDefaults() {
        return RUNNING.computeIfAbsent(DEFAULTS, name -> Server.start(Map.of()));
    }

    /** Limits raised for load and faults, deadlines shortened; clients may say that they come through a proxy. */
    public static Server tuned() {
        return RUNNING.computeIfAbsent(
                TUNED,
                name -> Server.start(Map.of(
                        "CLAUDEMESH_SEND_BURST", "1000000",
                        "CLAUDEMESH_SEND_PER_MINUTE", "60000000",
                        "MAX_CONNECTIONS_PER_MESH", "5",
                        "CLAUDEMESH_IDEMPOTENCY_LEASE_SECONDS", "5",
                        "CLAUDEMESH_TRUSTED_PROXIES", "127.0.0.1",
                        "CLAUDEMESH_HELLO_DEADLINE_MILLIS", "1500",
                        "CLAUDEMESH_OUTBOX_MAX_BYTES", "1048576")));
    }
}
