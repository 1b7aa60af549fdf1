package com.claudemesh.presence;

import com.claudemesh.protocol.frame.GroupLabel;
import java.util.List;

/** The groups of members that are not connected. */
@FunctionalInterface
public interface MemberGroups {

    /**
     * The groups in which a group message finds a member that has no live peer: those its last connection left behind, else
     * the member's default groups. Answered from memory; the first question about a mesh, and one every few seconds after
     * that, costs a query. Never on a socket thread.
     *
     * @throws IllegalStateException when the mesh has never been read and cannot be read now
     */
    List<GroupLabel> offlineGroups(String meshId, String memberId);
}
