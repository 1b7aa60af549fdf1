package com.claudemesh.mesh;

/** What somebody must be, or must be allowed, for an operation in a mesh. */
public sealed interface Requirement permits Standing, Permission {
    /** Any member that may connect. */
    Requirement MEMBER = Standing.MEMBER;

    /** An administrator, or the owner of the mesh. */
    Requirement ADMIN = Standing.ADMIN;

    /** The owner of the mesh. */
    Requirement OWNER = Standing.OWNER;
}
