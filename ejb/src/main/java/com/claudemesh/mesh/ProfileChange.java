package com.claudemesh.mesh;

import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.HelloAck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to change about a member; null leaves a field as it is.
 *
 * @param clearRoleTag takes the label away
 * @param role access level, {@code permission} in the protocol
 */
public record ProfileChange(
        @Nullable String displayName,
        @Nullable String roleTag,
        boolean clearRoleTag,
        @Nullable List<GroupLabel> groups,
        @Nullable String messageMode,
        @Nullable Role role) {

    public boolean isEmpty() {
        return wire().isEmpty() && role == null;
    }

    /** Names of the changed fields that the mesh's policy does not leave to the member itself; the role never is. */
    List<String> adminManaged(HelloAck.SelfEditable policy) {
        List<String> managed = new ArrayList<>();
        addIf(managed, displayName != null && !policy.displayName(), "displayName");
        addIf(managed, (roleTag != null || clearRoleTag) && !policy.roleTag(), "roleTag");
        addIf(managed, groups != null && !policy.groups(), "groups");
        addIf(managed, messageMode != null && !policy.messageMode(), "messageMode");
        addIf(managed, role != null, "permission");
        return managed;
    }

    private static void addIf(List<String> names, boolean condition, String name) {
        if (condition) {
            names.add(name);
        }
    }

    /** The changed fields as the protocol names them, without the role. */
    public Map<String, Object> wire() {
        Map<String, Object> changes = new LinkedHashMap<>();
        if (displayName != null) {
            changes.put("displayName", displayName);
        }
        if (roleTag != null || clearRoleTag) {
            changes.put("roleTag", roleTag);
        }
        if (groups != null) {
            changes.put("groups", groups);
        }
        if (messageMode != null) {
            changes.put("messageMode", messageMode);
        }
        return changes;
    }
}
