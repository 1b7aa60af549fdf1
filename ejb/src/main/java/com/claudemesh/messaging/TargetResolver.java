package com.claudemesh.messaging;

import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.PeerRegistry;
import com.claudemesh.protocol.encoding.Hex;
import java.util.List;
import java.util.Optional;

/** Finds the recipients of a target from memory. A session key that is not connected may cost one query. */
public final class TargetResolver {
    private final MeshDirectory directory;
    private final PeerRegistry registry;
    private final SessionKeyOwners sessionKeys;

    public TargetResolver(MeshDirectory directory, PeerRegistry registry, SessionKeyOwners sessionKeys) {
        this.directory = directory;
        this.registry = registry;
        this.sessionKeys = sessionKeys;
    }

    public Resolution resolve(Peer sender, String targetSpec) {
        if (!Hex.isLowerKey(targetSpec)) {
            return nobody(targetSpec);
        }
        Optional<MemberView> member = directory.memberByKey(sender.meshId(), targetSpec);
        if (member.isPresent()) {
            return toMember(sender, member.get(), new Recipient(member.get().memberId(), null), targetSpec);
        }
        return toSession(sender, targetSpec);
    }

    private Resolution toSession(Peer sender, String sessionKey) {
        Optional<Peer> live =
                registry.peerBySessionKey(sender.meshId(), sessionKey).filter(Peer::receivesMessages);
        if (live.isPresent() && live.get() == sender) {
            return nobody(sessionKey);
        }
        return live.map(Peer::memberId)
                .or(() -> sessionKeys.memberOf(sender.meshId(), sessionKey))
                .flatMap(memberId -> directory.memberById(sender.meshId(), memberId))
                .map(member -> toMember(sender, member, new Recipient(member.memberId(), sessionKey), sessionKey))
                .orElseGet(() -> nobody(sessionKey));
    }

    private Resolution toMember(Peer sender, MemberView member, Recipient recipient, String targetSpec) {
        if (member.revoked()) {
            return nobody(targetSpec);
        }
        boolean online = registry.peersOfMember(member.meshId(), member.memberId()).stream()
                .anyMatch(peer -> peer != sender && peer.receivesMessages());
        if (!online && member.memberId().equals(sender.memberId())) {
            return nobody(targetSpec);
        }
        return new Resolution.Known(List.of(recipient), online);
    }

    private static Resolution nobody(String targetSpec) {
        String shown = targetSpec.length() <= 16 ? targetSpec : targetSpec.substring(0, 16) + "…";
        return new Resolution.Refused("no connected peer for target " + shown);
    }
}
