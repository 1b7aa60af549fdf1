package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The live peers of the mesh, oldest connection first, the asking one included. */
public record PeersList(List<PeerInfo> peers) implements ServerFrame {

    /**
     * One live connection.
     *
     * @param pubkey session key if the peer has one, else the member key: what to address it by
     * @param sessionVerified false when a session key was announced without proof
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PeerInfo(
            String pubkey,
            String memberPubkey,
            String displayName,
            String status,
            @Nullable String summary,
            List<GroupLabel> groups,
            String sessionId,
            String connectedAt,
            String cwd,
            @Nullable String hostname,
            @Nullable String peerType,
            @Nullable String channel,
            @Nullable String model,
            @Nullable JsonNode stats,
            @Nullable Boolean visible,
            @Nullable JsonNode profile,
            @Nullable String peerRole,
            @Nullable Boolean sessionVerified) {

        /** Null is written. Said here and not at the component, because it is about writing: who reads never looks here. */
        @Override
        @JsonInclude(JsonInclude.Include.ALWAYS)
        public @Nullable String summary() {
            return summary;
        }
    }
}
