package com.claudemesh.moderation;

import com.claudemesh.presence.Outbound;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.PeerRegistry;
import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.FrameCodec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
            farewell(command)
                    .ifPresent(text -> peer.channel()
                            .offer(Outbound.of(FrameCodec.encode(ErrorFrame.of(ErrorCode.REVOKED, text)))));
            peer.channel().close(command.code(), command.reason());
        });
        peers.forEach(peer -> {
            detachMailbox.accept(peer);
            endPresence.accept(peer);
        });
    }

    private static Optional<String> farewell(CloseCommand command) {
        if (command instanceof CloseCommand.OfMember member) {
            return Optional.ofNullable(member.farewell());
        }
        return command instanceof CloseCommand.OfMesh mesh ? Optional.ofNullable(mesh.farewell()) : Optional.empty();
    }

    private List<Peer> peers(CloseCommand command) {
        if (command instanceof CloseCommand.OfPeers some) {
            return some.presenceIds().stream()
                    .map(presenceId -> registry.find(command.meshId(), presenceId))
                    .filter(Objects::nonNull)
                    .toList();
        }
        if (command instanceof CloseCommand.OfMesh) {
            return List.copyOf(registry.peersOf(command.meshId()));
        }
        return List.copyOf(registry.peersOfMember(command.meshId(), ((CloseCommand.OfMember) command).memberId()));
    }
}
