package com.claudemesh.bench.gauntlet.fault;

import com.claudemesh.bench.provision.ProvisionedMesh;
import com.claudemesh.bench.raw.EventLoop;
import com.claudemesh.bench.raw.MessageFrame;
import com.claudemesh.bench.raw.RawPeer;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A member that sends numbered messages to recipients and enters the answers into their ledgers. */
final class Feeder implements RawPeer.Traffic {
    private static final int WINDOW = 64;

    private final EventLoop loop;
    private final RawPeer peer;
    private final List<Recipient> recipients;
    private final List<MessageFrame> frames = new ArrayList<>();
    private CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    private int wanted;
    private int sent;
    private int answered;

    /** @param ciphertextChars of every message, 12 or more */
    Feeder(
            EventLoop loop,
            ProvisionedMesh mesh,
            ProvisionedMesh.Member member,
            List<Recipient> recipients,
            int ciphertextChars) {
        this.loop = loop;
        this.recipients = List.copyOf(recipients);
        this.peer = new RawPeer(mesh.meshId(), member, false, this);
        String run = UUID.randomUUID().toString();
        for (int lane = 0; lane < recipients.size(); lane++) {
            frames.add(new MessageFrame(run, lane, recipients.get(lane).publicKey(), "now", ciphertextChars));
        }
    }

    /** Blocks until it is greeted. */
    void connect(InetSocketAddress address) throws Exception {
        peer.connect(loop, address).get(30, TimeUnit.SECONDS);
    }

    /** Sends that many messages to every recipient; completes when all are answered. One call at a time. */
    CompletableFuture<Void> feed(int each) {
        CompletableFuture<Void> all = new CompletableFuture<>();
        loop.execute(() -> {
            done = all;
            wanted = each * recipients.size();
            sent = 0;
            answered = 0;
            proceed();
        });
        return all;
    }

    private void proceed() {
        while (sent < wanted && sent - answered < WINDOW) {
            int lane = sent++ % recipients.size();
            peer.socket().send(frames.get(lane).numbered(recipients.get(lane).nextNumber()));
        }
        if (answered == wanted) {
            done.complete(null);
        }
    }

    @Override
    public void acknowledged(RawPeer from, boolean stored, byte[] bytes, int offset, int length) {
        int mark = MessageFrame.markInAck(bytes, offset, length);
        Recipient recipient = recipients.get(MessageFrame.lane(bytes, mark));
        if (stored) {
            recipient.ledger().acknowledged(MessageFrame.number(bytes, mark));
        } else {
            recipient.ledger().refused(MessageFrame.number(bytes, mark));
        }
        answered++;
        proceed();
    }

    @Override
    public void ended(RawPeer which, int code, String reason) {
        done.completeExceptionally(new IllegalStateException("the feeder's connection ended: " + code + " " + reason));
    }
}
