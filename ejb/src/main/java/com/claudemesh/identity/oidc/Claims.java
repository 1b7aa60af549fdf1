package com.claudemesh.identity.oidc;

import com.claudemesh.identity.ExternalIdentity;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a provider says about somebody. Providers differ in which claims they send and of which type. */
record Claims(Map<String, Object> values) {
    static final Claims NONE = new Claims(Map.of());

    private static final int MAX_GROUPS = 10_000;

    boolean has(String name) {
        return values.get(name) != null;
    }

    /** The claim as text; empty when it is absent or no text. */
    String text(String name) {
        return values.get(name) instanceof String text ? text : "";
    }

    /** These claims, and those of the others that are not among them. */
    Claims or(Claims others) {
        Map<String, Object> merged = new HashMap<>(others.values);
        merged.putAll(values);
        return new Claims(merged);
    }

    ExternalIdentity identity(String issuer, String groupClaim) {
        String name = has("name") ? text("name") : text("preferred_username");
        return new ExternalIdentity(
                issuer, text("sub"), text("email"), isTrue("email_verified"), name, groups(groupClaim));
    }

    /** Some providers send truth values as text. */
    private boolean isTrue(String name) {
        Object value = values.get(name);
        return Boolean.TRUE.equals(value) || "true".equals(value);
    }

    private Set<String> groups(String claim) {
        Object value = claim.isEmpty() ? null : values.get(claim);
        if (value instanceof String one) {
            return Set.of(one);
        }
        return value instanceof Collection<?> many
                ? many.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .limit(MAX_GROUPS)
                        .collect(Collectors.toSet())
                : Set.of();
    }
}
