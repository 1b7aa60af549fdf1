package com.claudemesh.protocol.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hello was accepted. Always the first frame of a connection. */
public record HelloAck(
        String presenceId,
        String memberDisplayName,
        @Nullable MemberProfile memberProfile,
        @Nullable MeshPolicy meshPolicy,
        @Nullable Integer protocolVersion,
        @Nullable Boolean restored,
        @Nullable String lastSummary,
        @Nullable String lastSeenAt,
        @Nullable List<GroupLabel> restoredGroups,
        @Nullable RestoredStats restoredStats,
        @Nullable List<Service> services)
        implements ServerFrame {

    /** Durable labels of the member; {@code groups} are its default groups. */
    public record MemberProfile(@Nullable String roleTag, List<GroupLabel> groups, String messageMode) {}

    /** What members may change about themselves. */
    public record MeshPolicy(SelfEditable selfEditable) {}

    public record SelfEditable(boolean displayName, boolean roleTag, boolean groups, boolean messageMode) {}

    /** Totals of all earlier sessions of the member. */
    public record RestoredStats(long messagesIn, long messagesOut, long toolCalls, long errors) {}

    /** A deployed service that the peer may call. */
    public record Service(String name, String description, String status, String deployedBy) {}
}
