package com.claudemesh.presence;

import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.Push;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells peers about each other's coming and going. Announcements are live only: never stored, never gated. Connections
 * that take no messages are neither announced nor told. Safe for any thread, never blocks.
 */
public final class Announcer {
    private final PeerRegistry registry;
    private final Clock clock;

    public Announcer(PeerRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** @param returning what the member left behind last time; null for its first visit */
    public void joined(Peer peer, @Nullable SavedState returning, boolean tellSiblings) {
        ObjectNode data = about(peer);
        data.set("groups", Json.mapper().valueToTree(peer.groups()));
        if (returning != null) {
            data.put("lastSeenAt", WireTime.text(returning.lastSeenAt()));
            if (returning.lastSummary() != null) {
                data.put("summary", returning.lastSummary());
            }
        }
        tell(peer, returning == null ? "peer_joined" : "peer_returned", data, tellSiblings);
    }

    public void left(Peer peer) {
        tell(peer, "peer_left", about(peer), false);
    }

    private static ObjectNode about(Peer peer) {
        ObjectNode data = Json.mapper().createObjectNode();
        data.put("name", peer.identity().displayName());
        data.put("displayName", peer.identity().displayName());
        data.put("pubkey", peer.identity().routingKey());
        data.put("memberPubkey", peer.identity().memberPublicKey());
        return data;
    }

    private void tell(Peer about, String event, ObjectNode data, boolean tellSiblings) {
        if (!about.receivesMessages()) {
            return;
        }
        Predicate<Peer> concerned = other -> other != about
                && other.receivesMessages()
                && (tellSiblings || !other.memberId().equals(about.memberId()));
        Push push =
                Push.system(UUID.randomUUID().toString(), about.meshId(), WireTime.text(clock.instant()), event, data);
        Outbound frame = Outbound.of(FrameCodec.encode(push));
        registry.peersOf(about.meshId()).stream()
                .filter(concerned)
                .forEach(other -> other.channel().offer(frame));
    }
}
