package com.claudemesh.messaging;

import com.claudemesh.presence.Peer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Copies that connections are holding and have not settled. Guarded by its mailbox. */
final class Outstanding {

    /** A copy and who holds it; without holders nobody is left who could have it. */
    static final class Copy {
        private final Delivery delivery;
        private final Set<Peer> holders;
        private long leaseEndsMillis;
        private boolean sent;

        private Copy(Delivery delivery, Set<Peer> holders, long leaseEndsMillis) {
            this.delivery = delivery;
            this.holders = holders;
            this.leaseEndsMillis = leaseEndsMillis;
        }

        Delivery delivery() {
            return delivery;
        }

        boolean isHeldBy(Peer peer) {
            return holders.contains(peer);
        }

        /** True when that was the last holder. */
        boolean lose(Peer peer) {
            return holders.remove(peer) && holders.isEmpty();
        }

        /** True the first time. */
        boolean markSent(long newLeaseEndsMillis) {
            leaseEndsMillis = newLeaseEndsMillis;
            boolean first = !sent;
            sent = true;
            return first;
        }

        private boolean isOverdue(long nowMillis) {
            return leaseEndsMillis < nowMillis
                    && holders.stream().allMatch(peer -> peer.channel().queuedChars() == 0);
        }
    }

    private final Map<Long, Copy> bySeq = new HashMap<>();
    private final Map<String, Long> byId = new HashMap<>();

    int size() {
        return bySeq.size();
    }

    void add(Delivery delivery, List<Taker> takers, long leaseEndsMillis) {
        Set<Peer> holders = new HashSet<>(2);
        takers.forEach(taker -> holders.add(taker.peer()));
        bySeq.put(delivery.seq(), new Copy(delivery, holders, leaseEndsMillis));
        byId.put(delivery.message().id(), delivery.seq());
    }

    @Nullable
    Copy find(long seq) {
        return bySeq.get(seq);
    }

    @Nullable
    Copy find(String messageId) {
        Long seq = byId.get(messageId);
        return seq == null ? null : bySeq.get(seq);
    }

    void remove(Delivery delivery) {
        bySeq.remove(delivery.seq());
        byId.remove(delivery.message().id());
    }

    /** Takes a connection's hands off everything; returns the copies that nobody holds any more. */
    List<Delivery> orphanedBy(Peer peer) {
        List<Delivery> orphans = new ArrayList<>();
        for (Copy copy : bySeq.values()) {
            if (copy.lose(peer)) {
                orphans.add(copy.delivery);
            }
        }
        return orphans;
    }

    /** Copies whose acknowledgement is overdue although they have left this server. */
    List<Delivery> overdue(long nowMillis) {
        return bySeq.values().stream()
                .filter(copy -> copy.isOverdue(nowMillis))
                .map(Copy::delivery)
                .toList();
    }

    /** The message id that a client message id was handed out under. */
    @Nullable
    String messageIdOf(String clientMessageId) {
        for (Copy copy : bySeq.values()) {
            if (clientMessageId.equals(copy.delivery.message().extras().clientMessageId())) {
                return copy.delivery.message().id();
            }
        }
        return null;
    }
}
