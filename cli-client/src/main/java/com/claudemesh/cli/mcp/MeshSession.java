package com.claudemesh.cli.mcp;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.bridge.BridgeServer;
import com.claudemesh.cli.config.ConfigHome;
import com.claudemesh.cli.config.FileGuard;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.MessageMode;
import com.claudemesh.protocol.error.CloseCode;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import com.claudemesh.protocol.frame.Push;
import com.claudemesh.sdk.IncomingMessage;
import com.claudemesh.sdk.MeshException;
import com.claudemesh.sdk.MeshListener;
import com.claudemesh.sdk.StoredMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * This session in one mesh: what arrives goes to the host, verbs are served over the local socket. Safe for any thread.
 */
final class MeshSession implements MeshListener, AutoCloseable {
    private static final int MAX_COUNTED_UNREAD = 500;
    private static final Duration DRAIN_POLL = Duration.ofMillis(200);
    /** An inbox verb receives for at most this long. */
    private static final int MAX_DRAIN_POLLS = 300;

    private final Membership mesh;
    private final McpContext context;
    private final MeshLink link;
    private final PeerWatch peers;
    private final SeenMarks seen;
    private final StatsReport stats;
    private final TopicSession topics;
    private volatile Set<String> ownNames;
    private final List<BridgeServer> sockets = new ArrayList<>();
    private Optional<FileGuard> receiving = Optional.empty();
    private boolean closed;
    private boolean wasOnline;
    private boolean hostReady;
    private boolean welcomed;

    /** @throws com.claudemesh.protocol.frame.InvalidFieldException when the membership can't be used */
    MeshSession(Membership mesh, McpContext context, MeshLinks links) {
        this.mesh = mesh;
        this.context = context;
        this.link = links.open(mesh, this);
        this.peers = new PeerWatch(
                mesh, context.who(), link, context.cache(), context.timer(), context.clock(), context.log());
        this.stats = new StatsReport(link, context.timer(), context.clock(), context.log());
        this.seen = new SeenMarks(mesh.meshId(), context.inbox(), context.timer(), context.log());
        this.topics = new TopicSession(mesh, link, context.topics(), context.timer(), context.log(), this::show);
        this.ownNames = Set.of(context.who().displayName().toLowerCase(Locale.ROOT));
    }

    /** Opens the local socket and begins to connect. */
    void start() {
        openSockets();
        peers.start();
        stats.start();
        topics.start();
        connectWhenFree(0);
    }

    /** An inbox verb may be receiving in this moment: until it is done, messages are its. */
    private synchronized void connectWhenFree(int polls) {
        if (closed) {
            return;
        }
        receiving = FileGuard.tryShare(context.home().receiverLock(mesh.slug()));
        if (receiving.isEmpty() && polls < MAX_DRAIN_POLLS) {
            context.timer().after(DRAIN_POLL, () -> connectWhenFree(polls + 1));
            return;
        }
        link.connect();
    }

    private void openSockets() {
        MeshBridge bridge = new MeshBridge(mesh, context.who(), link, context.cache(), context.inbox(), stats, topics);
        ConfigHome home = context.home();
        for (Path path : home.bridgeSockets(mesh.slug(), context.who().launchedSessionId())) {
            try {
                sockets.add(BridgeServer.open(path, bridge));
            } catch (IOException | CliException unusable) {
                context.log().warn("no local socket at " + path + ": " + unusable.getMessage());
            }
        }
    }

    @Override
    public void onMessage(IncomingMessage message) {
        stats.received();
        if (!context.grants().allows(mesh.slug(), message)) {
            return;
        }
        if (message.post() == null) {
            show(message);
        } else {
            topics.offer(message);
        }
    }

    private void show(IncomingMessage message) {
        MessageMode mode = context.who().messageMode();
        String senderName =
                Optional.ofNullable(message.senderName()).orElseGet(() -> peers.nameOf(message.senderPublicKey()));
        if (mode == MessageMode.push) {
            context.channel()
                    .offer(
                            MessageEvents.shown(message, mesh, senderName, ownNames),
                            () -> markSeen(message.messageId()));
        } else if (mode == MessageMode.inbox) {
            context.channel().offer(MessageEvents.announced(message, mesh, senderName, ownNames));
        }
    }

    /** Without a host nobody says that somebody looks. */
    private void markSeen(String messageId) {
        if (context.hostPresent().getAsBoolean()) {
            seen.add(messageId);
        }
    }

    @Override
    public void onSystem(Push event) {
        peers.changed();
        if (context.who().messageMode() != MessageMode.off) {
            SystemEvents.of(event, mesh, context.clock().instant()).ifPresent(context.channel()::offer);
        }
    }

    @Override
    public void onOnline(HelloAck answer) {
        context.log().info(mesh.slug() + ": connected as " + context.who().displayName());
        peers.changed();
        ownNames = Stream.of(context.who().displayName(), answer.memberDisplayName())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        topics.online();
        synchronized (this) {
            wasOnline = true;
        }
        welcome();
    }

    @Override
    public void onRetry(MeshException reason, long waitMillis) {
        context.log().info(mesh.slug() + ": " + reason.getMessage() + "; next attempt in " + waitMillis + " ms");
    }

    @Override
    public void onTerminal(int closeCode, String reason) {
        String advice = closeCode == CloseCode.BANNED.code()
                ? "ask the owner of the mesh"
                : "start the session again to come back";
        context.log().warn(mesh.slug() + ": out for good: " + closeCode + " " + reason + "; " + advice);
        stopReceiving();
    }

    /** The host has been ready for a while. */
    void hostIsReady() {
        synchronized (this) {
            hostReady = true;
        }
        welcome();
    }

    private void welcome() {
        synchronized (this) {
            if (welcomed || !hostReady || !wasOnline || context.who().messageMode() == MessageMode.off) {
                return;
            }
            welcomed = true;
        }
        link.peers().thenAcceptAsync(this::welcome, context.timer()).exceptionally(failure -> {
            context.log().info(mesh.slug() + ": no welcome: " + failure.getMessage());
            return null;
        });
    }

    private void welcome(List<PeerInfo> online) {
        peers.saw(online);
        List<StoredMessage> unread;
        try {
            unread = context.inbox().list(mesh.meshId(), MAX_COUNTED_UNREAD, true);
        } catch (IOException unreadable) {
            context.log().warn("can't read the inbox: " + unreadable.getMessage());
            unread = List.of();
        }
        context.channel().offer(Welcome.of(mesh, context.who(), link.publicKey(), online, unread));
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        closeSockets();
        topics.close();
        link.close();
        seen.write();
        stopReceiving();
    }

    private void closeSockets() {
        for (BridgeServer socket : sockets) {
            try {
                socket.close();
            } catch (IOException failed) {
                context.log().warn("the local socket was not removed: " + failed.getMessage());
            }
        }
    }

    private synchronized void stopReceiving() {
        receiving.ifPresent(FileGuard::close);
        receiving = Optional.empty();
    }
}
