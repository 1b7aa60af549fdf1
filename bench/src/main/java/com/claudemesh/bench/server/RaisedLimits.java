package com.claudemesh.bench.server;

import java.util.HashMap;
import java.util.Map;

/** Settings of a server whose limits are not to be what is measured. */
public final class RaisedLimits {
    private static final String UNLIMITED = "1000000000";

    private RaisedLimits() {}

    /** The raised limits and more settings on top. */
    public static Map<String, String> with(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>();
        for (String name : new String[] {
            "CLAUDEMESH_SEND_BURST",
            "CLAUDEMESH_SEND_PER_MINUTE",
            "CLAUDEMESH_MESH_SEND_BURST",
            "CLAUDEMESH_MESH_SEND_PER_MINUTE",
            "CLAUDEMESH_LOOP_BURST",
            "CLAUDEMESH_LOOP_PER_MINUTE",
            "CLAUDEMESH_TOPIC_CHANGES_PER_MINUTE",
            "CLAUDEMESH_PUBLIC_RATE_PER_MINUTE"
        }) {
            environment.put(name, UNLIMITED);
        }
        environment.put("MAX_CONNECTIONS_PER_MESH", "2000");
        environment.put("CLAUDEMESH_MAX_UNAUTHENTICATED_SOCKETS", "2000");
        environment.putAll(more);
        return environment;
    }
}
