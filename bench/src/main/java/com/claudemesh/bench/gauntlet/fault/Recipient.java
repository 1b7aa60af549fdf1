package com.claudemesh.bench.gauntlet.fault;

import com.claudemesh.bench.gauntlet.Ledger;
import com.claudemesh.bench.provision.ProvisionedMesh;
import com.claudemesh.bench.raw.EventLoop;
import com.claudemesh.bench.raw.MessageFrame;
import com.claudemesh.bench.raw.RawPeer;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A member on the raw client that confirms what it gets and knows repetitions by their message id, as the protocol asks of
 * acknowledging clients. It can vanish, freeze and come back. Safe for any thread.
 */
final class Recipient implements RawPeer.Traffic {
    private final EventLoop loop;
    private final InetSocketAddress address;
    private final ProvisionedMesh mesh;
    private final ProvisionedMesh.Member member;
    private final int receiveBufferBytes;
    private final Ledger ledger = new Ledger();
    private final Set<String> knownIds = new HashSet<>();
    private volatile RawPeer peer;
    private volatile long redelivered;
    private volatile boolean connected;
    private int nextNumber;

    Recipient(
            EventLoop loop,
            InetSocketAddress address,
            ProvisionedMesh mesh,
            ProvisionedMesh.Member member,
            int receiveBufferBytes) {
        this.loop = loop;
        this.address = address;
        this.mesh = mesh;
        this.member = member;
        this.receiveBufferBytes = receiveBufferBytes;
    }

    /** A new connection; completes when it is greeted. */
    CompletableFuture<?> connect() {
        RawPeer fresh = new RawPeer(mesh.meshId(), member, true, this);
        peer = fresh;
        connected = true;
        return fresh.connect(loop, address, receiveBufferBytes);
    }

    /** Vanishes without a goodbye. */
    void drop() {
        RawPeer current = peer;
        loop.execute(() -> current.socket().drop("dropped on purpose"));
    }

    /** Stops or continues to read. */
    void setReading(boolean on) {
        RawPeer current = peer;
        loop.execute(() -> current.socket().setReading(on));
    }

    @Override
    public void delivered(RawPeer from, byte[] bytes, int offset, int length) {
        if (knownIds.add(MessageFrame.messageId(bytes, offset, length))) {
            ledger.arrived(MessageFrame.number(bytes, MessageFrame.markInPush(bytes, offset, length)));
        } else {
            redelivered++;
        }
    }

    @Override
    public void ended(RawPeer which, int code, String reason) {
        if (which == peer) {
            connected = false;
        }
    }

    boolean isConnected() {
        return connected;
    }

    String publicKey() {
        return member.pubkey();
    }

    Ledger ledger() {
        return ledger;
    }

    long redelivered() {
        return redelivered;
    }

    /** The number of the next message for this recipient; for the feeder only. */
    int nextNumber() {
        return nextNumber++;
    }
}
