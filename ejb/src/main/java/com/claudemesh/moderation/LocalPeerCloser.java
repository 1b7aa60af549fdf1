package com.claudemesh.moderation;

import com.claudemesh.presence.Departure;
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
    private final Departure departure;
    private final Consumer<Peer> mailbox;

    /** @param mailbox takes a peer's mailbox from it */
    public LocalPeerCloser(PeerRegistry registry, Departure departure, Consumer<Peer> mailbox) {
        this.registry = registry;
        this.departure = departure;
        this.mailbox = mailbox;
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
            mailbox.accept(peer);
            departure.ended(peer);
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
