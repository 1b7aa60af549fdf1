package com.claudemesh.messaging;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a member's connections may be handed at one moment. The loader claims nothing else, so that held mail neither moves
 * nor blocks what may pass.
 *
 * @param visible whether any connection takes multicast
 * @param idle whether any connection takes messages of every priority
 * @param busySessions session keys of connections that take only {@code now}
 * @param awaitedSessions session keys that are expected back soon: their mail waits for them
 * @param onlyPresence the one connection, which must not get its own messages back; null when there are several
 */
record Gate(
        boolean visible,
        boolean idle,
        List<String> busySessions,
        List<String> awaitedSessions,
        @Nullable String onlyPresence) {}
