package com.claudemesh.moderation;

import com.claudemesh.presence.Outbound;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.PeerRegistry;
import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.FrameCodec;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Ends connections of this node. Blocking (database); safe for any thread but a socket thread. */
public final class LocalPeerCloser implements PeerCloser {
    private final PeerRegistry registry;
    private final Consumer<Peer> detachMailbox;
    private final Consumer<Peer> endPresence;

    /**
     * @param detachMailbox gives back what the peer was handed and has not confirmed
     * @param endPresence saves the peer's state, frees its place and tells its neighbours, once
     */
    public LocalPeerCloser(PeerRegistry registry, Consumer<Peer> detachMailbox, Consumer<Peer> endPresence) {
        this.registry = registry;
        this.detachMailbox = detachMailbox;
        this.endPresence = endPresence;
    }

    @Override
    public void close(CloseCommand command) {
        List<Peer> peers = peers(command);
        // All sockets first: who is on the way out hears nothing of the others' leaving.
        peers.forEach(peer -> {
            if (command instanceof CloseCommand.OfMember banned && banned.farewell() != null) {
                peer.channel()
                        .offer(Outbound.of(FrameCodec.encode(ErrorFrame.of(ErrorCode.REVOKED, banned.farewell()))));
            }
            peer.channel().close(command.code(), command.reason());
        });
        peers.forEach(peer -> {
            detachMailbox.accept(peer);
            endPresence.accept(peer);
        });
    }

    private List<Peer> peers(CloseCommand command) {
        if (command instanceof CloseCommand.OfPeers some) {
            return some.presenceIds().stream()
                    .map(presenceId -> registry.find(command.meshId(), presenceId))
                    .filter(Objects::nonNull)
                    .toList();
        }
        return List.copyOf(registry.peersOfMember(command.meshId(), ((CloseCommand.OfMember) command).memberId()));
    }
}
