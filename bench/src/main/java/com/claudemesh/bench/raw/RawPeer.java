package com.claudemesh.bench.raw;

import com.claudemesh.bench.provision.ProvisionedMesh;
import com.claudemesh.protocol.crypto.HelloText;
import com.claudemesh.protocol.crypto.Signatures;
import com.claudemesh.protocol.frame.Capability;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * A member's connection: says hello, then hands out acknowledgements and messages as the bytes that they are. Belongs to
 * its loop's thread except for {@link #connect}. System events and other frames are only counted.
 */
public final class RawPeer implements RawSocket.Handler {
    private static final byte[] ACK = Bytes.ascii("{\"type\":\"ack\"");
    private static final byte[] PUSH = Bytes.ascii("{\"type\":\"push\"");
    private static final byte[] HELLO_ACK = Bytes.ascii("{\"type\":\"hello_ack\"");
    private static final byte[] STORED = Bytes.ascii("\"queued\":true");
    private static final byte[] SYSTEM = Bytes.ascii("\"senderPubkey\":\"system\"");

    /** The sender stands before what is long in a push. */
    private static final int HEAD_BYTES = 300;

    /** What a workload wants to know. Called on the loop's thread; must not block. */
    public interface Traffic {
        /** An answer to a {@code send}. */
        default void acknowledged(RawPeer peer, boolean stored, byte[] bytes, int offset, int length) {}

        /** A message, not a system event. */
        default void delivered(RawPeer peer, byte[] bytes, int offset, int length) {}

        /** Any other frame after the hello. */
        default void other(RawPeer peer, byte[] bytes, int offset, int length) {}

        /** The connection ended after it had been greeted. */
        void ended(RawPeer peer, int code, String reason);
    }

    private final String meshId;
    private final ProvisionedMesh.Member member;
    private final boolean acknowledging;
    private final Traffic traffic;
    private final AckFrame ack = new AckFrame();
    private final CompletableFuture<RawPeer> online = new CompletableFuture<>();
    private volatile RawSocket socket;
    private boolean greeted;

    /** @param acknowledging confirms every message with {@code client_ack}, and announces that */
    public RawPeer(String meshId, ProvisionedMesh.Member member, boolean acknowledging, Traffic traffic) {
        this.meshId = meshId;
        this.member = member;
        this.acknowledging = acknowledging;
        this.traffic = traffic;
    }

    /** Opens the socket and says hello; fails with what the server answered. Once per instance. */
    public CompletableFuture<RawPeer> connect(EventLoop loop, InetSocketAddress address) {
        return connect(loop, address, 0);
    }

    /** @param receiveBufferBytes what the kernel may keep for a client that does not read; 0 leaves it to the kernel */
    public CompletableFuture<RawPeer> connect(EventLoop loop, InetSocketAddress address, int receiveBufferBytes) {
        socket = loop.connect(address, "/ws", receiveBufferBytes, this);
        return online;
    }

    public ProvisionedMesh.Member member() {
        return member;
    }

    /** For the loop's thread. */
    public RawSocket socket() {
        return socket;
    }

    /** A correct hello of that moment. */
    public static ObjectNode hello(String meshId, ProvisionedMesh.Member member, long timestampMillis) {
        String text = HelloText.canonical(meshId, member.memberId(), member.pubkey(), timestampMillis);
        return Json.mapper()
                .createObjectNode()
                .put("type", "hello")
                .put("meshId", meshId)
                .put("memberId", member.memberId())
                .put("pubkey", member.pubkey())
                .put("sessionId", UUID.randomUUID().toString())
                .put("pid", ProcessHandle.current().pid())
                .put("cwd", "/bench")
                .put("timestamp", timestampMillis)
                .put("signature", Signatures.sign(text, member.secretKey()));
    }

    @Override
    public void opened(RawSocket opened) {
        ObjectNode hello = hello(meshId, member, System.currentTimeMillis());
        if (acknowledging) {
            hello.putArray("capabilities").add(Capability.CLIENT_ACK);
        }
        opened.send(WebSocketFrame.text(hello.toString()));
    }

    @Override
    public void text(RawSocket from, byte[] bytes, int offset, int length) {
        if (Bytes.startsWith(bytes, offset, length, PUSH)) {
            push(from, bytes, offset, length);
        } else if (Bytes.startsWith(bytes, offset, length, ACK)) {
            boolean stored = Bytes.indexOf(bytes, offset, offset + length, STORED) > 0;
            traffic.acknowledged(this, stored, bytes, offset, length);
        } else if (greeted) {
            traffic.other(this, bytes, offset, length);
        } else {
            greet(from, bytes, offset, length);
        }
    }

    private void push(RawSocket from, byte[] bytes, int offset, int length) {
        if (Bytes.indexOf(bytes, offset, offset + Math.min(length, HEAD_BYTES), SYSTEM) >= 0) {
            traffic.other(this, bytes, offset, length);
            return;
        }
        traffic.delivered(this, bytes, offset, length);
        if (acknowledging) {
            from.send(ack.forMessage(bytes, MessageFrame.messageIdInPush(bytes, offset, length)));
        }
    }

    private void greet(RawSocket from, byte[] bytes, int offset, int length) {
        if (Bytes.startsWith(bytes, offset, length, HELLO_ACK)) {
            greeted = true;
            online.complete(this);
        } else {
            online.completeExceptionally(new IllegalStateException(
                    "the server answered the hello with " + new String(bytes, offset, length, StandardCharsets.UTF_8)));
            from.drop("refused");
        }
    }

    @Override
    public void closed(RawSocket ended, int code, String reason) {
        if (greeted) {
            traffic.ended(this, code, reason);
        } else {
            online.completeExceptionally(
                    new IllegalStateException("the connection ended before the hello: " + code + " " + reason));
        }
    }
}
