package com.claudemesh.messaging;

import com.claudemesh.presence.Peer;
import com.claudemesh.protocol.frame.Priority;
import org.jspecify.annotations.Nullable;

/** A connection with its gate as its mailbox knows it: the gate is read when it is announced, not when it changes. */
final class Taker {
    private final Peer peer;
    private boolean idle;
    private boolean visible;

    Taker(Peer peer) {
        this.peer = peer;
        readGate();
    }

    /** True when the gate lets something through that it kept back before. */
    boolean readGate() {
        boolean wasIdle = idle;
        boolean wasVisible = visible;
        idle = peer.accepts(Priority.NEXT);
        visible = peer.visible();
        return idle && !wasIdle || visible && !wasVisible;
    }

    Peer peer() {
        return peer;
    }

    boolean idle() {
        return idle;
    }

    boolean visible() {
        return visible;
    }

    @Nullable
    String sessionKey() {
        return peer.identity().sessionPublicKey();
    }

    boolean takes(Priority priority) {
        return idle || priority == Priority.NOW;
    }
}
