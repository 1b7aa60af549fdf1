package com.claudemesh.mesh;

import java.util.Locale;

/** What somebody is in a mesh. Each includes those before it. */
public enum Standing implements Requirement {
    MEMBER,
    ADMIN,
    /** The account that the mesh belongs to. */
    OWNER;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a member row: owners are administrators by role. */
    public Role role() {
        return this == MEMBER ? Role.MEMBER : Role.ADMIN;
    }
}
