package com.claudemesh.presence;

import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.Capability;
import com.claudemesh.protocol.frame.GroupLabel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Peers for tests that need no hello: says what matters, the rest is filled in. */
final class TestPeers {
    static final String ADDRESS = "192.0.2.1";
    private static final Map<String, String> KEYS = new HashMap<>();
    private static int count;

    private String mesh = "mesh";
    private String member = "alice";
    private @Nullable String sessionKey;
    private String sessionId = "session-" + ++count;
    private long pid = 1;
    private String cwd = "/project";
    private @Nullable String channel;
    private Set<String> capabilities = Set.of();
    private final List<GroupLabel> groups = new ArrayList<>();
    private PeerOrigin origin = new PeerOrigin(false, ADDRESS);
    private Instant connectedAt = Instant.parse("2026-06-01T11:00:00Z");

    static TestPeers peer() {
        return new TestPeers();
    }

    static synchronized String keyOf(String member) {
        return KEYS.computeIfAbsent(member, name -> SigningKeyPair.generate().publicHex());
    }

    TestPeers inMesh(String id) {
        mesh = id;
        return this;
    }

    TestPeers of(String memberId) {
        member = memberId;
        return this;
    }

    TestPeers sessionKey(String key) {
        sessionKey = key;
        return this;
    }

    TestPeers session(String id) {
        sessionId = id;
        return this;
    }

    TestPeers pid(long number) {
        pid = number;
        return this;
    }

    TestPeers cwd(String folder) {
        cwd = folder;
        return this;
    }

    TestPeers channel(String name) {
        channel = name;
        return this;
    }

    TestPeers group(String name) {
        groups.add(new GroupLabel(name, null));
        return this;
    }

    TestPeers from(String address) {
        origin = new PeerOrigin(origin.sessionConnection(), address);
        return this;
    }

    TestPeers sessionConnection() {
        origin = new PeerOrigin(true, origin.clientAddress());
        return this;
    }

    TestPeers oneShot() {
        capabilities = Set.of(Capability.NO_PUSH);
        return this;
    }

    TestPeers connectedAt(Instant when) {
        connectedAt = when;
        return this;
    }

    Peer build() {
        return new Peer(
                "presence-" + ++count,
                new PeerIdentity(mesh, member, keyOf(member), sessionKey, sessionKey != null, member),
                new ClientInfo(sessionId, pid, cwd, null, null, channel, null, capabilities),
                origin,
                PeerState.fresh(groups, PeerStatus.initial(connectedAt)),
                connectedAt,
                new RecordingChannel());
    }

    Peer addedTo(PeerRegistry registry) {
        Peer peer = build();
        registry.add(peer, 100);
        return peer;
    }

    static RecordingChannel channelOf(Peer peer) {
        return (RecordingChannel) peer.channel();
    }
}
