package com.claudemesh.topic;

import com.claudemesh.mesh.Enrolment;
import com.claudemesh.mesh.Joining;
import com.claudemesh.mesh.MemberProfile;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Role;
import com.claudemesh.mesh.TestMeshes;
import com.claudemesh.messaging.JournalSettings;
import com.claudemesh.messaging.MessagingEngine;
import com.claudemesh.messaging.MessagingService;
import com.claudemesh.messaging.MessagingSettings;
import com.claudemesh.platform.Metrics;
import com.claudemesh.platform.Settings;
import com.claudemesh.platform.TopicNumbers;
import com.claudemesh.presence.ClientInfo;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.PeerIdentity;
import com.claudemesh.presence.PeerRegistry;
import com.claudemesh.presence.PresenceObservers;
import com.claudemesh.presence.PresenceStore;
import com.claudemesh.presence.StatusEngine;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.frame.Ack;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.Send;
import com.claudemesh.protocol.frame.TopicVisibility;
import com.claudemesh.protocol.id.Ids;
import com.claudemesh.testing.Closing;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Topics and messaging as one node runs them, on a real database, with connections that are plain queues. */
final class TopicWorld implements AutoCloseable {
    final TestMeshes meshes;
    final MeshView mesh;
    final Map<String, SigningKeyPair> keys = new HashMap<>();
    final PeerRegistry registry = new PeerRegistry();
    private final PresenceObservers observers = new PresenceObservers();
    final StatusEngine statuses;
    final TopicDirectory directory;
    final TopicAccess access;
    final TopicFeed feed;
    final TopicChanges changes;
    final TopicNumbers numbers;
    final TopicService topics;
    final TopicKeyDesk desk;
    final Notifications notifications;
    final TopicPosts posts;
    private final MessagingEngine engine;

    TopicWorld() {
        this(Map.of());
    }

    TopicWorld(Map<String, String> environment) {
        this(new TestMeshes(), environment);
    }

    TopicWorld(TestMeshes meshes, Map<String, String> environment) {
        this.meshes = meshes;
        mesh = meshes.mesh();
        numbers = Settings.from(name -> name.equals("BROKER_ENCRYPTION_KEY")
                        ? Optional.of("ab".repeat(32))
                        : Optional.ofNullable(environment.get(name)))
                .topics();
        statuses = new StatusEngine(
                registry,
                observers,
                meshes.clock,
                new StatusEngine.Times(Duration.ofMinutes(1), Duration.ofSeconds(30), Duration.ofSeconds(10)));
        directory = directory();
        access = new TopicAccess(directory, meshes.directory);
        feed = new TopicFeed(access, directory, meshes.transactions, Thread::new, 50);
        changes = new TopicChanges(directory, feed);
        topics = new TopicService(
                access, directory, meshes.transactions, meshes.chains, meshes.clock, numbers, changes::changed);
        desk = new TopicKeyDesk(access, directory, meshes.transactions, meshes.chains, meshes.clock, changes::changed);
        notifications = new Notifications(access, meshes.transactions, meshes.clock);
        posts = new TopicPosts(access, this::messaging);
        engine = startEngine();
        observers.add(engine.service());
        feed.start();
    }

    /** The topics as one more node would know them. */
    TopicDirectory directory() {
        return new TopicDirectory(new TopicDirectory.Source() {
            @Override
            public TopicDirectory.Snapshot load(String meshId) {
                return meshes.transactions.run(connection -> TopicStore.load(connection, meshId));
            }

            @Override
            public Map<String, Long> versions(Collection<String> meshIds) {
                return meshes.transactions.run(connection -> TopicStore.versions(connection, meshIds));
            }
        });
    }

    private MessagingEngine startEngine() {
        PostAdmission admission = new PostAdmission(
                access,
                meshes.transactions,
                new ReplyParents(meshes.transactions),
                feed::committed,
                numbers.maxNotified());
        MessagingSettings.Bucket unlimited = new MessagingSettings.Bucket(1_000_000, 60_000_000);
        MessagingEngine made = new MessagingEngine(
                new MessagingEngine.Parts(
                        meshes.database(),
                        meshes.directory,
                        registry,
                        new PresenceStore(meshes.database(), "node-1"),
                        (meshId, memberId) -> List.of(),
                        admission,
                        new Metrics(),
                        meshes.clock,
                        Thread::new),
                new MessagingEngine.Numbers(
                        "node-1",
                        new JournalSettings(200, 0, 10_000, 5_000, 30_000, 1),
                        new MessagingSettings(65_536, Duration.ofDays(7), unlimited, unlimited, unlimited),
                        50,
                        Duration.ofDays(7),
                        Duration.ofDays(30)));
        try {
            made.start();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return made;
    }

    MessagingService messaging() {
        return engine.service();
    }

    /** A new member of the mesh. */
    TopicCaller member(String name) {
        return member(name, Role.MEMBER);
    }

    TopicCaller member(String name, Role role) {
        SigningKeyPair pair = SigningKeyPair.generate();
        Enrolment enrolment = meshes.transactions.run(connection -> meshes.enrolments.enrol(
                connection, new Joining(mesh.meshId(), pair.publicHex(), role, MemberProfile.named(name), null)));
        changed();
        String id = ((Enrolment.Added) enrolment).memberId();
        keys.put(id, pair);
        return new TopicCaller(mesh.meshId(), id);
    }

    SigningKeyPair keyOf(TopicCaller member) {
        return keys.get(member.memberId());
    }

    /** What the server does after each change of members. */
    void changed() {
        meshes.directory.changed(mesh.meshId());
        changes.changed(mesh.meshId());
    }

    void ban(TopicCaller member) {
        meshes.execute("UPDATE mesh.member SET revoked_at = now() WHERE id = ?", member.memberId());
        changed();
    }

    TopicView topic(TopicCaller creator, String name, TopicVisibility visibility) {
        return done(topics.create(creator, new NewTopic(name, null, visibility, null)))
                .topic();
    }

    static <T> T done(TopicResult<T> result) {
        if (result instanceof TopicResult.Done<T> done) {
            return done.value();
        }
        throw new AssertionError("refused: " + result);
    }

    /** A connection that takes messages and settles them when they are written. */
    TestConnection connect(TopicCaller member, String... capabilities) {
        TestConnection connection = new TestConnection();
        connection.peer = new Peer(
                Ids.next(),
                new PeerIdentity(
                        mesh.meshId(),
                        member.memberId(),
                        keyOf(member).publicHex(),
                        null,
                        false,
                        meshes.member(mesh, member.memberId()).displayName()),
                new ClientInfo(Ids.next(), 1, "", null, null, null, null, Set.of(capabilities)),
                List.of(),
                meshes.clock.instant(),
                connection);
        registry.add(connection.peer, 1_000);
        messaging().ready(connection.peer);
        return connection;
    }

    void disconnect(TestConnection connection) {
        connection.open = false;
        registry.remove(connection.peer);
        messaging().gone(connection.peer);
    }

    Ack send(TestConnection from, String target, String text) {
        return send(from, Send.of("c", target, Priority.NOW, "", body(text)));
    }

    Ack send(TestConnection from, Send send) {
        return answer(messaging().send(from.peer, send));
    }

    PostOutcome post(TopicCaller member, String topic, String text) {
        return answer(posts.post(member, newPost(topic, text)));
    }

    static NewPost newPost(String topic, String text) {
        return new NewPost(topic, Priority.NOW, "", body(text), null, null, null, null, null, null);
    }

    static String body(String text) {
        return Base64Text.encode(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(String body) {
        return new String(Base64Text.decode(body), StandardCharsets.UTF_8);
    }

    /** Texts of a topic's history, oldest first. */
    List<String> history(TopicCaller reader, String topic) {
        List<String> texts = done(topics.history(reader, topic, HistoryQuery.newest(200))).posts().stream()
                .map(post -> text(post.ciphertext()))
                .toList();
        return java.util.stream.IntStream.range(0, texts.size())
                .mapToObj(i -> texts.get(texts.size() - 1 - i))
                .toList();
    }

    static <T> T answer(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("no answer", e);
        }
    }

    @Override
    public void close() {
        Closing.inBackground(() -> {
            engine.close();
            feed.close();
        });
    }
}
