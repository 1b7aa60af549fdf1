package com.claudemesh.presence;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client said about itself in the hello. Not verified; shown to others as it is. */
public record ClientInfo(
        String sessionId,
        long pid,
        String cwd,
        @Nullable String hostname,
        @Nullable String peerType,
        @Nullable String channel,
        @Nullable String model,
        Set<String> capabilities) {

    public ClientInfo {
        capabilities = Set.copyOf(capabilities);
    }

    public boolean announces(String capability) {
        return capabilities.contains(capability);
    }
}
