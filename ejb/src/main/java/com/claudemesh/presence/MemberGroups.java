package com.claudemesh.presence;

import com.claudemesh.protocol.frame.GroupLabel;
import java.util.List;

/** The groups of members that are not connected. */
public interface MemberGroups {
    List<GroupLabel> offlineGroups(String meshId, String memberId);
}
