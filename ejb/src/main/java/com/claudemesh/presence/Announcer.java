package com.claudemesh.presence;

import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.Push;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells peers about each other's coming and going, hiding and showing. Announcements are live only: never stored, never
 * gated, and hidden peers get them too. Connections that take no messages are neither announced nor told; the coming and
 * going of a hidden peer is not announced. Safe for any thread, never blocks.
 */
public final class Announcer {
    private final PeerRegistry registry;
    private final Clock clock;

    public Announcer(PeerRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** @param returning what the member left behind last time; null for its first visit */
    public void joined(Peer peer, @Nullable SavedState returning) {
        if (!peer.visible()) {
            return;
        }
        ObjectNode data = about(peer);
        data.set("groups", Json.mapper().valueToTree(peer.groups()));
        if (returning != null) {
            data.put("lastSeenAt", WireTime.text(returning.lastSeenAt()));
            if (returning.lastSummary() != null) {
                data.put("summary", returning.lastSummary());
            }
        }
        String event = returning == null ? "peer_joined" : "peer_returned";
        tell(peer, event, data, peer.origin().sessionConnection() ? other -> true : otherMembersOf(peer));
    }

    public void left(Peer peer) {
        if (peer.visible()) {
            tell(peer, "peer_left", about(peer), otherMembersOf(peer));
        }
    }

    /** The peer has hidden or shown itself; its member's other peers are told as well. */
    void visibilityChanged(Peer peer) {
        tell(peer, peer.visible() ? "peer_visible" : "peer_hidden", about(peer), other -> true);
    }

    /** The member's profile was changed elsewhere: its own peers are told what changed. */
    public void profileUpdated(String meshId, String memberId, JsonNode changes) {
        Push push = Push.system(
                UUID.randomUUID().toString(), meshId, WireTime.text(clock.instant()), "profile_updated", changes);
        Outbound frame = Outbound.of(FrameCodec.encode(push));
        registry.peersOfMember(meshId, memberId).stream()
                .filter(Peer::receivesMessages)
                .forEach(peer -> peer.channel().offer(frame));
    }

    private static Predicate<Peer> otherMembersOf(Peer peer) {
        return other -> !other.memberId().equals(peer.memberId());
    }

    private static ObjectNode about(Peer peer) {
        ObjectNode data = Json.mapper().createObjectNode();
        data.put("name", peer.identity().displayName());
        data.put("displayName", peer.identity().displayName());
        data.put("pubkey", peer.identity().routingKey());
        data.put("memberPubkey", peer.identity().memberPublicKey());
        return data;
    }

    private void tell(Peer about, String event, ObjectNode data, Predicate<Peer> concerned) {
        if (!about.announced()) {
            return;
        }
        Push push =
                Push.system(UUID.randomUUID().toString(), about.meshId(), WireTime.text(clock.instant()), event, data);
        Outbound frame = Outbound.of(FrameCodec.encode(push));
        registry.peersOf(about.meshId()).stream()
                .filter(other -> !other.presenceId().equals(about.presenceId()) && other.receivesMessages())
                .filter(concerned)
                .forEach(other -> other.channel().offer(frame));
    }
}
