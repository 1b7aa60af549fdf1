package com.claudemesh.presence;

import com.claudemesh.mesh.Grants;
import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Role;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.HelloAck;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Members of one mesh without a database. */
final class TestMembers {
    private TestMembers() {}

    static MemberView member(String memberId, List<GroupLabel> defaultGroups) {
        return new MemberView(
                memberId,
                "mesh",
                TestPeers.keyOf(memberId),
                memberId,
                Role.MEMBER,
                false,
                null,
                defaultGroups,
                "push",
                false,
                Grants.NONE,
                null,
                false,
                null);
    }

    static MeshDirectory directory(String meshId, Clock clock, MemberView... members) {
        MeshView mesh = new MeshView(
                meshId, meshId, meshId, "", new HelloAck.SelfEditable(true, true, true, true), null, false);
        return new MeshDirectory(
                id -> id.equals(meshId)
                        ? Optional.of(new MeshDirectory.Snapshot(mesh, List.of(members)))
                        : Optional.empty(),
                clock);
    }
}
