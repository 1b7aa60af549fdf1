package com.claudemesh.mesh;

import java.time.Instant;

/** A member that may not connect and not join again. */
public record BannedMember(String displayName, String publicKey, Instant revokedAt) {}
