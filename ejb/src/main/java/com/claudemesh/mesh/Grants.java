package com.claudemesh.mesh;

import com.claudemesh.protocol.encoding.Hex;
import com.claudemesh.protocol.frame.Grant;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one member lets each sender do to it. Immutable; safe for any thread.
 *
 * <p>An entry is found by the sender's member key, else by its session key, and replaces the default; an empty one blocks.
 * A sender without an entry has {@link #DEFAULT}.
 */
public final class Grants {
    /** What everybody may do who has no entry. */
    public static final Set<Grant> DEFAULT =
            Collections.unmodifiableSet(EnumSet.of(Grant.READ, Grant.DM, Grant.BROADCAST, Grant.STATE_READ));

    /** Nobody has an entry. */
    public static final Grants NONE = new Grants(Map.of());

    private static final TypeReference<Map<String, List<Grant>>> BY_KEY = new TypeReference<>() {};

    private final Map<String, Set<Grant>> byKey;

    private Grants(Map<String, Set<Grant>> byKey) {
        this.byKey = byKey;
    }

    /** @param byKey capabilities by sender key, 64 lower-case hex digits */
    public static Grants of(Map<String, ? extends Collection<Grant>> byKey) {
        Map<String, Set<Grant>> sorted = new TreeMap<>();
        byKey.forEach((key, capabilities) -> sorted.put(checkedKey(key), set(capabilities)));
        return sorted.isEmpty() ? NONE : new Grants(Collections.unmodifiableMap(sorted));
    }

    /**
     * Reads {@link #toJson()}.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static Grants parse(String json) {
        try {
            return of(Json.mapper().readValue(json, BY_KEY));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a map of grants", e);
        }
    }

    public String toJson() {
        try {
            return Json.mapper().writeValueAsString(byKey);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("grants cannot be written", e);
        }
    }

    /** Whether the sender with these keys may do that. */
    public boolean allows(Grant capability, String senderMemberKey, @Nullable String senderSessionKey) {
        Set<Grant> entry = byKey.get(senderMemberKey);
        if (entry == null && senderSessionKey != null) {
            entry = byKey.get(senderSessionKey);
        }
        return (entry == null ? DEFAULT : entry).contains(capability);
    }

    /** These grants with some entries replaced, and those taken out whose value is null. */
    public Grants with(Map<String, ? extends @Nullable Collection<Grant>> changes) {
        Map<String, Collection<Grant>> next = new TreeMap<>(byKey);
        changes.forEach((key, capabilities) -> {
            if (capabilities == null) {
                next.remove(key);
            } else {
                next.put(key, capabilities);
            }
        });
        return of(next);
    }

    /** Entries by sender key, in the order of the keys; capabilities in the order of {@link Grant}. */
    public Map<String, List<Grant>> entries() {
        Map<String, List<Grant>> copy = new TreeMap<>();
        byKey.forEach((key, capabilities) -> copy.put(key, List.copyOf(capabilities)));
        return copy;
    }

    public int size() {
        return byKey.size();
    }

    private static String checkedKey(String key) {
        if (!Hex.isLowerKey(key)) {
            throw new IllegalArgumentException("a sender key is 64 lower-case hex digits");
        }
        return key;
    }

    private static Set<Grant> set(Collection<Grant> capabilities) {
        Set<Grant> set = EnumSet.noneOf(Grant.class);
        set.addAll(capabilities);
        return Collections.unmodifiableSet(set);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Grants grants && grants.byKey.equals(byKey);
    }

    @Override
    public int hashCode() {
        return byKey.hashCode();
    }

    @Override
    public String toString() {
        return "Grants[" + byKey.size() + " entries]";
    }
}
