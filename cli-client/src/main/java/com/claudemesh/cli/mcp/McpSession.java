package com.claudemesh.cli.mcp;

import com.claudemesh.cli.config.Membership;
import com.claudemesh.protocol.frame.InvalidFieldException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All meshes of one session, and how far the host is. Safe for any thread. */
final class McpSession implements McpMethods.HandshakeListener, AutoCloseable {
    /** The host registers its handler for channel events some time after it says that it is ready. */
    private static final Duration WELCOME_DELAY = Duration.ofSeconds(3);
    /** A host speaks within moments. Without one, somebody watches by hand and wants to see what comes. */
    private static final Duration HOST_DEADLINE = Duration.ofSeconds(3);

    private final ChannelGate channel;
    private final Timer timer;
    private final List<MeshSession> meshes = new ArrayList<>();
    private boolean begun;
    private boolean ready;

    McpSession(ChannelGate channel, Timer timer) {
        this.channel = channel;
        this.timer = timer;
    }

    /** Connects to the meshes. One that can't be used is said so and left out. */
    void start(List<Membership> joined, McpContext context, MeshLinks links) {
        for (Membership mesh : joined) {
            try {
                meshes.add(new MeshSession(mesh, context, links));
            } catch (InvalidFieldException unusable) {
                context.log().warn(mesh.slug() + ": left out: " + unusable.getMessage());
            }
        }
        meshes.forEach(MeshSession::start);
        timer.after(HOST_DEADLINE, this::showUnlessHostSpoke);
    }

    /** Whether somebody has introduced itself as the host. */
    synchronized boolean hostPresent() {
        return begun;
    }

    @Override
    public synchronized void begun() {
        begun = true;
    }

    @Override
    public void ready() {
        synchronized (this) {
            if (ready) {
                return;
            }
            ready = true;
        }
        channel.open();
        timer.after(WELCOME_DELAY, () -> meshes.forEach(MeshSession::hostIsReady));
    }

    private void showUnlessHostSpoke() {
        if (!hostPresent()) {
            channel.open();
        }
    }

    @Override
    public void close() {
        meshes.forEach(MeshSession::close);
    }
}
