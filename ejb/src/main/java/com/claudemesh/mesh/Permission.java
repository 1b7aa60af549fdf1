package com.claudemesh.mesh;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The eleven rights that a member has by its standing, or by a row of its own. They guard what concerns others: one's own
 * resources need none.
 */
public enum Permission implements Requirement {
    INVITE("canInvite"),
    DEPLOY_MCP("canDeployMcp"),
    MANAGE_FILES("canManageFiles"),
    MANAGE_VAULT("canManageVault"),
    MANAGE_WATCHES("canManageWatches"),
    MANAGE_WEBHOOKS("canManageWebhooks"),
    WRITE_STATE("canWriteState"),
    SEND("canSend"),
    USE_TOOLS("canUseTools"),
    DELETE_MESH("canDeleteMesh"),
    MANAGE_PERMISSIONS("canManagePermissions");

    private static final Set<Permission> ALL = Collections.unmodifiableSet(EnumSet.allOf(Permission.class));
    private static final Set<Permission> OF_ADMINS =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(DELETE_MESH)));
    private static final Set<Permission> OF_MEMBERS =
            Collections.unmodifiableSet(EnumSet.of(WRITE_STATE, SEND, USE_TOOLS));
    private static final Set<Permission> NEVER_LOST_BY_OWNERS =
            Collections.unmodifiableSet(EnumSet.of(DELETE_MESH, MANAGE_PERMISSIONS));

    private final String wire;

    Permission(String wire) {
        this.wire = wire;
    }

    /** The flag's name in the protocol and in the database. */
    public String wire() {
        return wire;
    }

    public static Optional<Permission> fromWire(String text) {
        return ALL.stream().filter(one -> one.wire.equals(text)).findFirst();
    }

    /** What somebody may do who has no row of its own. */
    public static Set<Permission> defaults(Standing standing) {
        return switch (standing) {
            case OWNER -> ALL;
            case ADMIN -> OF_ADMINS;
            case MEMBER -> OF_MEMBERS;
        };
    }

    /** What a row of its own lets somebody do: exactly that, but an owner keeps what it needs to stay one. */
    static Set<Permission> overridden(Standing standing, Collection<Permission> granted) {
        Set<Permission> set = EnumSet.noneOf(Permission.class);
        set.addAll(granted);
        if (standing == Standing.OWNER) {
            set.addAll(NEVER_LOST_BY_OWNERS);
        }
        return Collections.unmodifiableSet(set);
    }
}
