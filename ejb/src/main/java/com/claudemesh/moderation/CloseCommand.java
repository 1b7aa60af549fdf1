package com.claudemesh.moderation;

import com.claudemesh.protocol.error.CloseCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connections of one mesh to be ended, and how. Plain data: it can travel to other nodes and be carried out more than once.
 */
public sealed interface CloseCommand {
    String meshId();

    CloseCode code();

    /** Text of the close frame. */
    String reason();

    /** These connections. */
    record OfPeers(String meshId, List<String> presenceIds, CloseCode code, String reason) implements CloseCommand {
        public OfPeers {
            presenceIds = List.copyOf(presenceIds);
        }
    }

    /**
     * All connections of a member.
     *
     * @param farewell what each connection is told, as an {@code error} frame of code {@code revoked}, before it is closed
     */
    record OfMember(
            String meshId,
            String memberId,
            CloseCode code,
            String reason,
            @Nullable String farewell) implements CloseCommand {}

    /**
     * All connections of the mesh.
     *
     * @param farewell as of {@link OfMember}
     */
    record OfMesh(
            String meshId,
            CloseCode code,
            String reason,
            @Nullable String farewell) implements CloseCommand {}
}
