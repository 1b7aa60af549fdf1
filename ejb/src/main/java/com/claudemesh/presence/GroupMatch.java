package com.claudemesh.presence;

import com.claudemesh.protocol.frame.GroupLabel;
import java.util.List;

/** Which labels a group target addresses. */
public final class GroupMatch {
    private GroupMatch() {}

    /** True when one of the labels is the group or lies below it, as {@code a/b} lies below {@code a}. */
    public static boolean addresses(String group, List<GroupLabel> labels) {
        for (GroupLabel label : labels) {
            String name = label.name();
            if (name.startsWith(group) && (name.length() == group.length() || name.charAt(group.length()) == '/')) {
                return true;
            }
        }
        return false;
    }
}
