package com.claudemesh.messaging;

import com.claudemesh.presence.GroupMatch;
import com.claudemesh.presence.Peer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** One member's connections on this node, and which of them may have what. Guarded by its mailbox. */
final class Audience {
    private final List<Taker> takers = new ArrayList<>(2);
    private final Set<String> awaitedSessions = new HashSet<>(2);

    boolean isEmpty() {
        return takers.isEmpty();
    }

    boolean awaitsNobody() {
        return awaitedSessions.isEmpty();
    }

    List<Taker> all() {
        return takers;
    }

    void add(Peer peer) {
        Taker taker = new Taker(peer);
        takers.add(taker);
        if (taker.sessionKey() != null) {
            awaitedSessions.remove(taker.sessionKey());
        }
    }

    boolean remove(Peer peer) {
        return takers.removeIf(taker -> taker.peer() == peer);
    }

    void await(String sessionPublicKey) {
        awaitedSessions.add(sessionPublicKey);
    }

    boolean awaitNoLonger(String sessionPublicKey) {
        return awaitedSessions.remove(sessionPublicKey);
    }

    /** Reads the gate of a connection again; true when it lets something through that it kept back before. */
    boolean gateOpened(Peer peer) {
        return takers.stream()
                .filter(taker -> taker.peer() == peer)
                .findFirst()
                .map(Taker::readGate)
                .orElse(false);
    }

    /** What may be loaded now. */
    Gate gate() {
        List<String> busy = takers.stream()
                .filter(taker -> !taker.idle())
                .map(Taker::sessionKey)
                .filter(Objects::nonNull)
                .toList();
        return new Gate(
                takers.stream().anyMatch(Taker::visible),
                takers.stream().anyMatch(Taker::idle),
                busy,
                List.copyOf(awaitedSessions),
                takers.size() == 1 ? takers.get(0).peer().presenceId() : null);
    }

    /**
     * Who may have a copy now: for a post every connection that takes its priority, for other multicast every visible one,
     * else the best one. Never the sending one.
     */
    List<Taker> takers(Recipient recipient, Message message) {
        Stream<Taker> others = takers.stream()
                .filter(taker ->
                        !taker.peer().presenceId().equals(message.sender().presenceId()));
        if (message.targetKind() == TargetKind.TOPIC) {
            return others.filter(taker -> taker.takes(message.priority())).toList();
        }
        if (message.targetKind().multicast()) {
            List<Taker> visible = others.filter(Taker::visible).toList();
            return message.targetKind() == TargetKind.GROUP ? inGroup(message.targetSpec(), visible) : visible;
        }
        String wanted = recipient.sessionPublicKey();
        List<Taker> able = wanted == null ? others.toList() : sessionOrSubstitutes(wanted, others.toList());
        return able.stream()
                .filter(taker -> taker.takes(message.priority()))
                .min(Comparator.<Taker, Boolean>comparing(taker -> !taker.idle())
                        .thenComparing(taker -> taker.peer().connectedAt(), Comparator.reverseOrder()))
                .map(List::of)
                .orElse(List.of());
    }

    /** The session that was meant if it is here, nobody while it is awaited, else every other one. */
    private List<Taker> sessionOrSubstitutes(String wanted, List<Taker> others) {
        List<Taker> meant = others.stream()
                .filter(taker -> wanted.equals(taker.sessionKey()))
                .toList();
        if (!meant.isEmpty() || awaitedSessions.contains(wanted)) {
            return meant;
        }
        return others;
    }

    /** Connections in the group; if the member was addressed while others of its connections were in it, all of them. */
    private static List<Taker> inGroup(String targetSpec, List<Taker> visible) {
        String group = targetSpec.substring(1);
        List<Taker> members = visible.stream()
                .filter(taker -> GroupMatch.addresses(group, taker.peer().groups()))
                .toList();
        return members.isEmpty() ? visible : members;
    }
}
