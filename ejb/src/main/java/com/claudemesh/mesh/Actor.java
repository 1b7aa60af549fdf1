package com.claudemesh.mesh;

import org.jspecify.annotations.Nullable;

/**
 * Who changes something, as the audit record names it.
 *
 * @param memberId null for somebody who is no member: the operator, the server
 */
public record Actor(@Nullable String memberId, String displayName) {
    /** The bearer of the operator token. */
    public static final Actor OPERATOR = new Actor(null, "operator");
}
