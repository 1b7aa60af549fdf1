package com.claudemesh.protocol.frame;

import org.jspecify.annotations.Nullable;

/** Puts the peer into a group, or replaces its role there; an absent role clears it. Silent. */
public record JoinGroup(String name, @Nullable String role) implements ClientFrame {

    public JoinGroup {
        GroupLabel.checkName("name", name);
        GroupLabel.checkRole("role", role);
    }

    public GroupLabel label() {
        return new GroupLabel(name, role);
    }
}
