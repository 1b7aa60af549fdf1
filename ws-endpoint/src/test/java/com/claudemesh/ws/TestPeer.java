package com.claudemesh.ws;

import com.claudemesh.presence.ClientInfo;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.PeerIdentity;
import com.claudemesh.protocol.frame.GroupLabel;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Live peers for tests of handlers. */
final class TestPeer {
    private static int count;

    private TestPeer() {}

    static Peer of(String meshId, String member, List<GroupLabel> groups, String... capabilities) {
        String id = "presence-" + ++count;
        return new Peer(
                id,
                new PeerIdentity(meshId, "member-" + member, "0".repeat(64), null, false, member),
                new ClientInfo(id, 1, "/", null, null, null, null, Set.of(capabilities)),
                groups,
                Instant.EPOCH,
                new Outbox(null, Runnable::run, 1_000));
    }
}
