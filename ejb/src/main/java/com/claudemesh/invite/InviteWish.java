package com.claudemesh.invite;

import com.claudemesh.mesh.Role;
import java.time.Duration;

/**
 * An invitation that is to be made.
 *
 * @param maxUses 1 to {@value #MAX_USES}
 * @param life at most {@link #MAX_LIFE}
 */
public record InviteWish(Role role, int maxUses, Duration life, InvitePreset preset) {
    public static final int MAX_USES = 1_000;
    public static final Duration DEFAULT_LIFE = Duration.ofDays(7);
    public static final Duration MAX_LIFE = Duration.ofDays(365);

    public InviteWish {
        if (maxUses < 1 || maxUses > MAX_USES) {
            throw new IllegalArgumentException("maxUses: 1 to " + MAX_USES);
        }
        if (life.compareTo(Duration.ofSeconds(1)) < 0 || life.compareTo(MAX_LIFE) > 0) {
            throw new IllegalArgumentException("life: 1 second to " + MAX_LIFE);
        }
    }

    /** One use, seven days. */
    public static InviteWish of(Role role) {
        return new InviteWish(role, 1, DEFAULT_LIFE, InvitePreset.NONE);
    }
}
