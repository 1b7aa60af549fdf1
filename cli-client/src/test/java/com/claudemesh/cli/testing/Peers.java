package com.claudemesh.cli.testing;

import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import java.util.List;

/** Rows of a peer list. */
public final class Peers {
    private Peers() {}

    /** A member key of 64 equal digits. */
    public static String key(char digit) {
        return String.valueOf(digit).repeat(64);
    }

    /** A session without a key of its own. */
    public static PeerInfo peer(String name, String memberKey) {
        return session(name, memberKey, memberKey, "session-of-" + name, "claude-code");
    }

    public static PeerInfo session(String name, String sessionKey, String memberKey, String id, String channel) {
        return new PeerInfo(
                sessionKey,
                memberKey,
                name,
                "idle",
                "writing tests",
                List.of(new GroupLabel("qa", "lead")),
                id,
                "2026-03-01T11:00:00Z",
                "/project",
                "host",
                "ai",
                channel,
                null,
                null,
                true,
                null,
                null,
                null);
    }
}
