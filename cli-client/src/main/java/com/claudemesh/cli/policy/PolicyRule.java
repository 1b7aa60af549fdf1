package com.claudemesh.cli.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule.
 *
 * @param resource name, or {@code *}
 * @param verb name, or {@code *}
 * @param mesh slug of the only mesh that it is about; null for all
 * @param peers the only targets that it is about: names, {@code @groups}, beginnings of keys, {@code *}; empty for all
 */
record PolicyRule(
        String resource,
        String verb,
        Decision decision,
        @Nullable String mesh,
        List<String> peers,
        @Nullable String reason) {
    private static final String ANY = "*";

    PolicyRule {
        peers = List.copyOf(peers);
    }

    boolean matches(Action action, Circumstances circumstances) {
        return isOrAny(resource, action.resource())
                && isOrAny(verb, action.verb())
                && (mesh == null || circumstances.isMesh(mesh, isStrict()))
                && (peers.isEmpty() || peers.stream().anyMatch(peer -> circumstances.isTarget(peer, isStrict())));
    }

    private static boolean isOrAny(String pattern, String value) {
        return pattern.equals(ANY) || pattern.equals(value);
    }

    private boolean isStrict() {
        return decision != Decision.ALLOW;
    }
}
