package com.claudemesh.presence;

import com.claudemesh.protocol.frame.Status;
import org.jspecify.annotations.Nullable;

/**
 * What a hook of a coding session says. It carries no proof, so it concerns connections of its own address only.
 *
 * @param clientAddress where the report came from
 * @param pid process that the hook ran in; 0 when unknown
 * @param cwd folder of the coding session, never empty
 */
public record HookReport(
        String clientAddress,
        long pid,
        String cwd,
        @Nullable String sessionId,
        Status status) {

    boolean namesSession(String otherSessionId) {
        return otherSessionId.equals(sessionId);
    }

    boolean namesProcess(long otherPid, String otherCwd) {
        return pid == otherPid && cwd.equals(otherCwd);
    }
}
