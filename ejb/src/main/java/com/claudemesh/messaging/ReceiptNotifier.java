package com.claudemesh.messaging;

import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.presence.Outbound;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.PeerRegistry;
import com.claudemesh.presence.WireTime;
import com.claudemesh.protocol.frame.Capability;
import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.MessageReceipts;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells senders that are connected here and want to know what became of their messages. Live only. A connection that reads
 * too slowly misses receipts rather than messages. Safe for any thread; never blocks.
 */
final class ReceiptNotifier {
    private final PeerRegistry registry;
    private final MeshDirectory directory;
    private final Clock clock;

    ReceiptNotifier(PeerRegistry registry, MeshDirectory directory, Clock clock) {
        this.registry = registry;
        this.directory = directory;
        this.clock = clock;
    }

    private record Sender(String meshId, String memberId) {}

    void tell(List<ReceiptNews> news) {
        Map<Sender, List<ReceiptNews>> bySender = new HashMap<>();
        for (ReceiptNews one : news) {
            bySender.computeIfAbsent(new Sender(one.meshId(), one.senderMemberId()), key -> new ArrayList<>())
                    .add(one);
        }
        bySender.forEach(this::tell);
    }

    private void tell(Sender sender, List<ReceiptNews> news) {
        List<Peer> curious = registry.peersOfMember(sender.meshId(), sender.memberId()).stream()
                .filter(peer -> peer.receivesMessages() && peer.client().announces(Capability.RECEIPTS))
                .filter(peer -> !peer.channel().congested())
                .toList();
        if (curious.isEmpty()) {
            return;
        }
        String now = WireTime.text(clock.instant());
        for (int from = 0; from < news.size(); from += MessageReceipts.MAX_RECEIPTS) {
            List<MessageReceipts.Receipt> page =
                    news.subList(from, Math.min(news.size(), from + MessageReceipts.MAX_RECEIPTS)).stream()
                            .map(one -> receipt(one, now))
                            .toList();
            Outbound frame = Outbound.of(FrameCodec.encode(new MessageReceipts(page), null));
            curious.forEach(peer -> peer.channel().offer(frame));
        }
    }

    private MessageReceipts.Receipt receipt(ReceiptNews news, String now) {
        MemberView recipient =
                directory.memberById(news.meshId(), news.recipientMemberId()).orElse(null);
        return new MessageReceipts.Receipt(
                news.messageId(),
                news.clientMessageId(),
                recipient == null ? "" : recipient.displayName(),
                recipient == null ? "" : recipient.publicKey(),
                news.state(),
                news.reason(),
                now);
    }
}
