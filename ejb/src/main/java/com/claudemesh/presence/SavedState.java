package com.claudemesh.presence;

import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.PeerProfile;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a member finds again after a reconnect ("welcome back"). */
public record SavedState(
        List<GroupLabel> groups,
        PeerProfile profile,
        boolean visible,
        @Nullable String lastSummary,
        Instant lastSeenAt,
        HelloAck.RestoredStats stats) {}
