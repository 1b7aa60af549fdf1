package com.claudemesh.platform;

/**
 * How much there may be of meshes, members and invitations.
 *
 * @param inviteV2Enabled whether short codes can be claimed
 * @param maxMeshesPerAccount live meshes that one account may own
 * @param maxMembersPerMesh active members
 * @param maxInvitesPerMesh usable invitations at a time
 * @param claimBindMinutes how long a claim without a member key waits for the first hello
 * @param inviteCodesPerMinute short codes that one address may try
 * @param inviteMailsPerHour invitations that one account may mail
 * @param unprovenProfiles whether a member may be named by its id alone, as unmodified clients do: to list a mesh, and to
 *     change the member's own profile
 */
public record MeshNumbers(
        boolean inviteV2Enabled,
        int maxMeshesPerAccount,
        int maxMembersPerMesh,
        int maxInvitesPerMesh,
        int claimBindMinutes,
        int inviteCodesPerMinute,
        int inviteMailsPerHour,
        boolean unprovenProfiles) {

    static MeshNumbers from(Settings.Reader reader) {
        return new MeshNumbers(
                reader.choice("BROKER_INVITE_V2_ENABLED", "1", "0").equals("1"),
                reader.number("CLAUDEMESH_MAX_MESHES_PER_ACCOUNT", 100, 1, 100_000),
                reader.number("CLAUDEMESH_MAX_MEMBERS_PER_MESH", 10_000, 1, 1_000_000),
                reader.number("CLAUDEMESH_MAX_INVITES_PER_MESH", 1_000, 1, 100_000),
                reader.number("CLAUDEMESH_CLAIM_BIND_MINUTES", 10, 1, 1_440),
                reader.number("CLAUDEMESH_INVITE_CODES_PER_MINUTE", 20, 1, 1_000_000),
                reader.number("CLAUDEMESH_INVITE_MAILS_PER_HOUR", 50, 1, 1_000_000),
                reader.flag("CLAUDEMESH_UNPROVEN_PROFILES"));
    }
}
