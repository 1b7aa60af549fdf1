package com.claudemesh.mesh;

/**
 * The one place that decides what members may do. From memory: a ban or a new role holds from the moment that the
 * directory has seen it. Safe for any thread.
 */
public final class Authorization {
    private final MeshDirectory directory;

    public Authorization(MeshDirectory directory) {
        this.directory = directory;
    }

    public boolean permits(Requirement requirement, String meshId, String memberId) {
        return directory
                .memberById(meshId, memberId)
                .map(member -> switch (requirement) {
                    case MEMBER -> !member.revoked();
                    case ADMIN -> member.administers();
                })
                .orElse(false);
    }
}
