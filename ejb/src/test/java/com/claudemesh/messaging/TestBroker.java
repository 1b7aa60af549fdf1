package com.claudemesh.messaging;

import com.claudemesh.mesh.Grants;
import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Role;
import com.claudemesh.platform.Metrics;
import com.claudemesh.presence.ClientInfo;
import com.claudemesh.presence.Outbound;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.PeerChannel;
import com.claudemesh.presence.PeerIdentity;
import com.claudemesh.presence.PeerRegistry;
import com.claudemesh.presence.PresenceObservers;
import com.claudemesh.presence.PresenceStore;
import com.claudemesh.presence.StatusEngine;
import com.claudemesh.protocol.error.CloseCode;
import com.claudemesh.protocol.frame.Ack;
import com.claudemesh.protocol.frame.Decoded;
import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.Push;
import com.claudemesh.protocol.frame.Send;
import com.claudemesh.protocol.frame.ServerFrame;
import com.claudemesh.protocol.id.Ids;
import com.claudemesh.testing.Closing;
import com.claudemesh.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Messaging as one node runs it, on a real database, with peers that are plain queues. */
final class TestBroker implements AutoCloseable {
    static final String MESH = Ids.next();
    static final Duration TIME_TO_LIVE = Duration.ofDays(7);
    private static final String NODE = "node-1";

    final DataSource database = TestDatabase.fresh();
    final PeerRegistry registry = new PeerRegistry();
    final Map<String, MemberView> members = new HashMap<>();
    final Map<String, List<GroupLabel>> offlineGroups = new HashMap<>();
    final MovingClock clock = new MovingClock();
    final PresenceObservers observers = new PresenceObservers();
    final StatusEngine statuses = new StatusEngine(
            registry,
            observers,
            clock,
            new StatusEngine.Times(Duration.ofMinutes(1), Duration.ofSeconds(30), Duration.ofSeconds(10)));
    private final MeshDirectory directory = new MeshDirectory(this::snapshot, clock);
    MessagingEngine engine;

    TestBroker() {
        execute("""
                INSERT INTO mesh.mesh (id, name, slug, owner_pubkey, owner_secret_enc, root_key_enc, created_at)
                VALUES ('%s', 'Test', 'test', '%s', 'x', 'x', now())""".formatted(MESH, "0".repeat(64)));
        restart();
    }

    /** As after a crash: nothing of the earlier engine is used any more. */
    void restart() {
        engine = new MessagingEngine(
                new MessagingEngine.Parts(
                        database,
                        directory,
                        registry,
                        new PresenceStore(database, NODE),
                        (meshId, memberId) -> offlineGroups.getOrDefault(memberId, List.of()),
                        new NoConversations(),
                        new Metrics(),
                        clock,
                        Thread::new),
                new MessagingEngine.Numbers(
                        NODE,
                        new JournalSettings(200, 0, 10_000, 5_000, 30_000, 1),
                        new MessagingSettings(65_536, TIME_TO_LIVE, unlimited(), unlimited(), unlimited()),
                        50,
                        Duration.ofDays(7),
                        Duration.ofDays(30)));
        try {
            engine.start();
            observers.add(engine.service());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MessagingSettings.Bucket unlimited() {
        return new MessagingSettings.Bucket(1_000_000, 60_000_000);
    }

    private Optional<MeshDirectory.Snapshot> snapshot(String meshId) {
        MeshView mesh = new MeshView(
                meshId, "test", "Test", "0".repeat(64), new HelloAck.SelfEditable(true, true, true, true), null, false);
        return meshId.equals(MESH) ? Optional.of(new MeshDirectory.Snapshot(mesh, members.values())) : Optional.empty();
    }

    /** A member whose id is derived from its name. */
    MemberView member(String name) {
        return member(name, Grants.NONE);
    }

    MemberView member(String name, Grants grants) {
        String key = key(name);
        MemberView view = new MemberView(
                name, MESH, key, name, Role.MEMBER, false, null, List.of(), "push", false, grants, null, false, null);
        if (members.put(name, view) == null) {
            execute("""
                    INSERT INTO mesh.member (id, mesh_id, peer_pubkey, display_name, role, joined_at)
                    VALUES ('%s', '%s', '%s', '%s', 'member', now())""".formatted(name, MESH, key, name));
        }
        directory.changed(MESH);
        return view;
    }

    static String key(String name) {
        return String.format("%064x", new java.math.BigInteger(1, name.getBytes()));
    }

    /** A connection of a member that takes messages and acknowledges them when the test says so. */
    TestPeer connect(String member, String... capabilities) {
        return connect(member, List.of(), capabilities);
    }

    TestPeer connect(String member, List<GroupLabel> groups, String... capabilities) {
        TestPeer channel = new TestPeer();
        channel.peer = new Peer(
                Ids.next(),
                new PeerIdentity(MESH, member, key(member), null, false, member),
                new ClientInfo(Ids.next(), 1, "", null, null, null, null, Set.of(capabilities)),
                groups,
                clock.instant(),
                channel);
        registry.add(channel.peer, 10_000);
        engine.service().ready(channel.peer);
        return channel;
    }

    void disconnect(TestPeer channel) {
        channel.open = false;
        registry.remove(channel.peer);
        engine.service().gone(channel.peer);
    }

    Ack send(TestPeer from, String target, String text) {
        return send(from, Send.of("c", target, Priority.NOW, "", text));
    }

    Ack send(TestPeer from, Send frame) {
        return answer(engine.service().send(from.peer, frame).toCompletableFuture());
    }

    static <T> T answer(java.util.concurrent.CompletableFuture<T> future) {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("no answer", e);
        }
    }

    void execute(String sql) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    long count(String sql) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                var row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        Closing.inBackground(engine);
    }

    /** Stands still unless the test moves it. */
    static final class MovingClock extends Clock {
        private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** One connection: everything offered is written at once, or never once it is closed. */
    static final class TestPeer implements PeerChannel {
        private final FrameCodec<ServerFrame> codec = FrameCodec.forClient();
        private final BlockingQueue<ServerFrame> frames = new LinkedBlockingQueue<>();
        private volatile boolean open = true;
        Peer peer;

        @Override
        public void offer(Outbound frame) {
            if (open && codec.decode(frame.text()) instanceof Decoded.Known<ServerFrame> known) {
                frames.add(known.frame());
            }
            frame.written().done(open);
        }

        /** The text of the next message; waits for it. */
        String nextText() {
            return next(Push.class).ciphertext();
        }

        <F extends ServerFrame> F next(Class<F> type) {
            try {
                while (true) {
                    ServerFrame frame = frames.poll(10, TimeUnit.SECONDS);
                    if (frame == null) {
                        throw new AssertionError("no " + type.getSimpleName());
                    }
                    if (type.isInstance(frame)) {
                        return type.cast(frame);
                    }
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        /** Texts of the messages that have arrived so far. */
        List<String> texts() {
            List<String> texts = new ArrayList<>();
            for (ServerFrame frame : frames) {
                if (frame instanceof Push push) {
                    texts.add(push.ciphertext());
                }
            }
            return texts;
        }

        @Override
        public long queuedChars() {
            return 0;
        }

        @Override
        public boolean congested() {
            return false;
        }

        @Override
        public void whenUncongested(Runnable action) {
            action.run();
        }

        @Override
        public void close(CloseCode code, String reason) {
            open = false;
        }

        @Override
        public void abort(CloseCode code, String reason) {
            open = false;
        }
    }
}
