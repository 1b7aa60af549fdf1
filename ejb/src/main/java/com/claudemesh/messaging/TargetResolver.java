package com.claudemesh.messaging;

import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.presence.GroupMatch;
import com.claudemesh.presence.MemberGroups;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.PeerRegistry;
import com.claudemesh.protocol.encoding.Hex;
import com.claudemesh.protocol.frame.Grant;
import com.claudemesh.protocol.frame.Priority;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the recipients of a target from memory, grants included. A session key that is not connected may cost one query.
 * Safe for any thread.
 */
public final class TargetResolver {
    private static final int MAX_SHOWN_CHARS = 16;

    private final MeshDirectory directory;
    private final PeerRegistry registry;
    private final SessionKeyOwners sessionKeys;
    private final MemberGroups memberGroups;

    public TargetResolver(
            MeshDirectory directory, PeerRegistry registry, SessionKeyOwners sessionKeys, MemberGroups memberGroups) {
        this.directory = directory;
        this.registry = registry;
        this.sessionKeys = sessionKeys;
        this.memberGroups = memberGroups;
    }

    public Resolution resolve(Peer sender, String targetSpec, Priority priority) {
        return switch (TargetKind.of(targetSpec)) {
            case DIRECT -> direct(sender, targetSpec, priority);
            case BROADCAST -> multicast(sender, null);
            case GROUP -> multicast(sender, targetSpec.substring(1));
            case TOPIC -> throw new IllegalArgumentException("whoever is in a topic is told by the topic");
        };
    }

    /**
     * Those of a topic's members that get a copy: all that are members of the mesh and allow direct messages of the sender,
     * and the sender's own member when it has another connection.
     */
    Resolution.Known subscribers(String meshId, Message.Sender sender, Iterable<String> memberIds, Priority priority) {
        List<Recipient> recipients = new ArrayList<>();
        Resolution.Reach reach = Resolution.Reach.OFFLINE;
        for (String memberId : memberIds) {
            Optional<MemberView> member = directory.memberById(meshId, memberId);
            boolean own = memberId.equals(sender.memberId());
            if (member.isEmpty() || member.get().revoked() || member.get().keyless()) {
                continue;
            }
            List<Peer> others = registry.peersOfMember(meshId, memberId).stream()
                    .filter(peer -> !peer.presenceId().equals(sender.presenceId()) && peer.receivesMessages())
                    .toList();
            if (own ? others.isEmpty() : !allowsPosts(member.get(), sender)) {
                continue;
            }
            Recipient recipient = new Recipient(memberId, null);
            recipients.add(recipient);
            if (reach != Resolution.Reach.NOW) {
                Resolution.Reach one = reach(others, recipient, priority);
                reach = one.compareTo(reach) < 0 ? one : reach;
            }
        }
        return new Resolution.Known(recipients, reach);
    }

    private static boolean allowsPosts(MemberView recipient, Message.Sender sender) {
        return recipient.grants().allows(Grant.DM, sender.memberPublicKey(), sender.sessionPublicKey());
    }

    private Resolution direct(Peer sender, String targetSpec, Priority priority) {
        if (!Hex.isLowerKey(targetSpec)) {
            return nobody(targetSpec);
        }
        Optional<MemberView> member = directory.memberByKey(sender.meshId(), targetSpec);
        if (member.isPresent()) {
            return toMember(sender, member.get(), new Recipient(member.get().memberId(), null), targetSpec, priority);
        }
        return toSession(sender, targetSpec, priority);
    }

    private Resolution toSession(Peer sender, String sessionKey, Priority priority) {
        Optional<Peer> live =
                registry.peerBySessionKey(sender.meshId(), sessionKey).filter(Peer::receivesMessages);
        if (live.isPresent() && live.get() == sender) {
            return nobody(sessionKey);
        }
        return live.map(Peer::memberId)
                .or(() -> sessionKeys.memberOf(sender.meshId(), sessionKey))
                .flatMap(memberId -> directory.memberById(sender.meshId(), memberId))
                .map(member ->
                        toMember(sender, member, new Recipient(member.memberId(), sessionKey), sessionKey, priority))
                .orElseGet(() -> nobody(sessionKey));
    }

    private Resolution toMember(
            Peer sender, MemberView member, Recipient recipient, String targetSpec, Priority priority) {
        if (member.revoked()) {
            return nobody(targetSpec);
        }
        List<Peer> others = othersOf(sender, member);
        if (others.isEmpty() && member.memberId().equals(sender.memberId())) {
            return nobody(targetSpec);
        }
        if (!allows(member, sender, Grant.DM)) {
            return new Resolution.Refused("grant", "blocked by recipient grants (sender lacks dm capability)");
        }
        return new Resolution.Known(List.of(recipient), reach(others, recipient, priority));
    }

    private static Resolution.Reach reach(List<Peer> others, Recipient recipient, Priority priority) {
        String wanted = recipient.sessionPublicKey();
        List<Peer> present = others.stream().filter(peer -> !peer.away()).toList();
        List<Peer> meant = others.stream()
                .filter(peer -> wanted != null && wanted.equals(peer.identity().sessionPublicKey()))
                .toList();
        List<Peer> candidates = meant.isEmpty()
                ? present
                : meant.stream().filter(peer -> !peer.away()).toList();
        if (candidates.isEmpty()) {
            return Resolution.Reach.OFFLINE;
        }
        return candidates.stream().anyMatch(peer -> peer.accepts(priority))
                ? Resolution.Reach.NOW
                : Resolution.Reach.HELD;
    }

    /**
     * Recipients are fixed now: members with a visible connection that is addressed, and members without any connection
     * whose remembered groups are. A member that is connected but hidden is left out.
     */
    private Resolution multicast(Peer sender, @Nullable String group) {
        List<Recipient> recipients = new ArrayList<>();
        boolean anyLive = false;
        for (MemberView member : directory.activeMembers(sender.meshId())) {
            Collection<Peer> peers = othersOf(sender, member);
            boolean live = peers.stream().anyMatch(peer -> peer.visible() && addresses(group, peer));
            if ((live || peers.isEmpty() && owedWhileAway(sender, member, group))
                    && allows(member, sender, Grant.BROADCAST)) {
                recipients.add(new Recipient(member.memberId(), null));
                anyLive |= live;
            }
        }
        return new Resolution.Known(recipients, anyLive ? Resolution.Reach.NOW : Resolution.Reach.OFFLINE);
    }

    private static boolean addresses(@Nullable String group, Peer peer) {
        return group == null || GroupMatch.addresses(group, peer.groups());
    }

    private boolean owedWhileAway(Peer sender, MemberView member, @Nullable String group) {
        if (member.memberId().equals(sender.memberId())) {
            return false;
        }
        return group == null
                || GroupMatch.addresses(group, memberGroups.offlineGroups(member.meshId(), member.memberId()));
    }

    private List<Peer> othersOf(Peer sender, MemberView member) {
        return registry.peersOfMember(member.meshId(), member.memberId()).stream()
                .filter(peer -> peer != sender && peer.receivesMessages())
                .toList();
    }

    private static boolean allows(MemberView recipient, Peer sender, Grant grant) {
        return recipient
                .grants()
                .allows(
                        grant,
                        sender.identity().memberPublicKey(),
                        sender.identity().sessionPublicKey());
    }

    private static Resolution nobody(String targetSpec) {
        String shown =
                targetSpec.length() <= MAX_SHOWN_CHARS ? targetSpec : targetSpec.substring(0, MAX_SHOWN_CHARS) + "…";
        return new Resolution.Refused("no_recipient", "no connected peer for target " + shown);
    }
}
