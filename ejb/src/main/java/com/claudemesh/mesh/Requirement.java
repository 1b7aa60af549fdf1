package com.claudemesh.mesh;

/** What a member must be for an operation. */
public enum Requirement {
    /** Any member that may connect. */
    MEMBER,
    /** An administrator, or the owner of the mesh. */
    ADMIN
}
