package com.claudemesh.cli.mcp;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.rest.RestSession;
import com.claudemesh.cli.rest.RestTopicKeys;
import com.claudemesh.cli.topic.TopicFinder;
import com.claudemesh.protocol.crypto.naming.Mentions;
import com.claudemesh.protocol.frame.TopicList;
import com.claudemesh.protocol.frame.TopicListResponse;
import com.claudemesh.protocol.frame.TopicListResponse.Topic;
import com.claudemesh.sdk.IncomingMessage;
import com.claudemesh.sdk.OutgoingMessage;
import com.claudemesh.sdk.topic.KeyHolder;
import com.claudemesh.sdk.topic.KeyState;
import com.claudemesh.sdk.topic.TopicBody;
import com.claudemesh.sdk.topic.TopicBody.Opened;
import com.claudemesh.sdk.topic.TopicKeeper;
import com.claudemesh.sdk.topic.TopicKeeper.SealRound;
import com.claudemesh.sdk.topic.TopicKey;
import com.claudemesh.sdk.topic.TopicKeyServer.Member;
import com.claudemesh.sdk.topic.TopicPost;
import com.claudemesh.sdk.topic.TopicReader;
import com.claudemesh.sdk.topic.TopicReader.Look;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Posts of topics in one session: shown in their order once they can be read, and written so that the server can't. While
 * the session runs it shares the keys it holds with members who wait for them, and replaces a key after somebody left.
 * Safe for any thread; only the background waits for the server.
 */
final class TopicSession {
    /** Posts of one topic that wait for its key; beyond it the oldest are shown as unreadable. */
    static final int MAX_HELD = 500;
    /** Topics that are looked after in one round. */
    static final int MAX_TOPICS = 50;

    private static final Duration CARE_PERIOD = Duration.ofSeconds(30);
    private static final Duration FIRST_CARE = Duration.ofSeconds(1);
    private static final Duration LOOK_PERIOD = Duration.ofSeconds(3);
    private static final TopicBody UNREADABLE = new TopicBody(Integer.MAX_VALUE, null, "", "");

    private final Membership mesh;
    private final MeshLink link;
    private final TopicServices services;
    private final Timer timer;
    private final Diagnostics log;
    private final Consumer<IncomingMessage> reader;
    private final RestSession rest;
    private final TopicKeeper keeper;
    private final Map<String, TopicReader<IncomingMessage>> readers = new ConcurrentHashMap<>();
    private boolean looking;

    /** @param reader is given posts that can be read, or never will be */
    TopicSession(
            Membership mesh,
            MeshLink link,
            TopicServices services,
            Timer timer,
            Diagnostics log,
            Consumer<IncomingMessage> reader) {
        this.mesh = mesh;
        this.link = link;
        this.services = services;
        this.timer = timer;
        this.log = log;
        this.reader = reader;
        this.rest = services.rest().apply(mesh, new LinkKeyDesk(link));
        this.keeper = new TopicKeeper(
                new KeyHolder(mesh.meshId(), mesh.memberId(), mesh.pubkey(), mesh.secretKey()),
                services.ring(),
                new RestTopicKeys(rest));
    }

    /** Looks after the keys now and then, for as long as the timer runs. */
    void start() {
        timer.after(CARE_PERIOD, () -> {
            care();
            start();
        });
    }

    /** The connection is there again: others may have waited for it. */
    void online() {
        timer.after(FIRST_CARE, this::care);
    }

    /** Shows the post, now or when its key and those before it have come. */
    void offer(IncomingMessage message) {
        TopicPost post = message.post();
        TopicReader<IncomingMessage> posts = readers.computeIfAbsent(post.topicId(), id -> reader(post));
        posts.offer(message);
        if (posts.held() > 0) {
            lookSoon(Duration.ZERO);
        }
    }

    private TopicReader<IncomingMessage> reader(TopicPost post) {
        String name = post.topicName() == null ? post.topicId() : post.topicName();
        return new TopicReader<>(
                keeper,
                new TopicKeeper.Topic(post.topicId(), name),
                MAX_HELD,
                TopicSession::body,
                (message, opened) -> {
                    boolean late = message.text() == null && opened instanceof Opened.Text;
                    reader.accept(late ? message.opened(((Opened.Text) opened).text()) : message);
                });
    }

    private static TopicBody body(IncomingMessage message) {
        if (message.text() != null) {
            return TopicBody.plain(message.text());
        }
        TopicBody unopened = message.post().unopened();
        return unopened == null ? UNREADABLE : unopened;
    }

    private void lookSoon(Duration delay) {
        synchronized (this) {
            if (looking) {
                return;
            }
            looking = true;
        }
        timer.after(delay, () -> services.background().execute(this::look));
    }

    private void look() {
        synchronized (this) {
            looking = false;
        }
        boolean missing = false;
        for (TopicReader<IncomingMessage> posts : readers.values()) {
            missing |= tolerating(() -> look(posts)) || posts.held() > 0;
        }
        if (missing) {
            lookSoon(LOOK_PERIOD);
        }
    }

    private void look(TopicReader<IncomingMessage> posts) {
        Look look = posts.look();
        while (look instanceof Look.Found || look instanceof Look.GaveUp) {
            look = posts.look();
        }
    }

    /** The list comes over the connection; only when something is due, the background asks further. */
    private void care() {
        if (link.online()) {
            link.request(new TopicList())
                    .thenAcceptAsync(
                            answer -> {
                                if (answer instanceof TopicListResponse list) {
                                    care(list.topics());
                                }
                            },
                            services.background())
                    .exceptionally(failure -> {
                        log.info(mesh.slug() + ": keys of topics were not looked after: " + failure.getMessage());
                        return null;
                    });
        }
    }

    private void care(List<Topic> topics) {
        topics.stream()
                .filter(topic -> topic.role() != null && topic.keyEpoch() > 0)
                .limit(MAX_TOPICS)
                .forEach(topic -> tolerating(() -> care(topic)));
    }

    private void care(Topic topic) {
        TopicKeeper.Topic named = new TopicKeeper.Topic(topic.id(), topic.name());
        if (!topic.rotationDue() && keeper.held(named, topic.keyEpoch()).isPresent()) {
            report(topic, keeper.sealForWaiting(named));
            return;
        }
        TopicKeeper.Care care = keeper.care(named);
        report(topic, care.shared());
        String name = mesh.slug() + " #" + topic.name();
        if (care.state() instanceof KeyState.Held held) {
            TopicKey key = held.key();
            log.info(name + ": key " + key.epoch() + ", from " + Output.safe(key.sealerName()));
        } else if (care.state() instanceof KeyState.Waiting) {
            log.info(name + ": waiting for a member to share the key");
        } else if (care.state() instanceof KeyState.Refused refused) {
            log.warn(name + ": the key is not used: " + refused.reason());
        }
    }

    private void report(Topic topic, SealRound shared) {
        if (!shared.sealed().isEmpty()) {
            log.info(mesh.slug() + " #" + topic.name() + ": shared the key with "
                    + shared.sealed().stream()
                            .map(Member::displayName)
                            .map(Output::safe)
                            .collect(Collectors.joining(", ")));
        }
    }

    /**
     * The message as its topic's members can read it, and the server can't when the topic has a key. Fails with a {@link
     * CliException} without such a topic, or while nobody has shared its key.
     */
    CompletableFuture<OutgoingMessage> prepare(OutgoingMessage message) {
        Executor background = services.background();
        return link.request(new TopicList())
                .thenApplyAsync(answer -> prepared(message, ((TopicListResponse) answer).topics()), background);
    }

    private OutgoingMessage prepared(OutgoingMessage message, List<Topic> topics) {
        Topic topic = TopicFinder.find(topics, message.targetSpec())
                .orElseThrow(() -> CliException.notFound(
                        "topic_not_found",
                        "there is no topic " + Output.safe(message.targetSpec()),
                        "claudemesh topic list"));
        return new OutgoingMessage(
                "#" + topic.id(),
                message.text(),
                message.priority(),
                message.clientMessageId(),
                message.replyToId(),
                message.mentions().isEmpty() ? Mentions.inText(message.text()) : message.mentions(),
                key(topic).map(key -> TopicBody.encrypted(message.text(), key)).orElse(null));
    }

    private Optional<TopicKey> key(Topic topic) {
        TopicKeeper.Topic named = new TopicKeeper.Topic(topic.id(), topic.name());
        if (topic.keyEpoch() == 0) {
            return Optional.empty();
        }
        Optional<TopicKey> held = keeper.held(named, topic.keyEpoch());
        if (held.isPresent() && !topic.rotationDue()) {
            return held;
        }
        if (keeper.care(named).state() instanceof KeyState.Held now) {
            return Optional.of(now.key());
        }
        throw CliException.notFound(
                "key_not_sealed_for_member",
                "waiting for a member to share the key of #" + Output.safe(topic.name()),
                "whoever holds it shares it while their session or topic tail runs; then try again");
    }

    /** Whether it failed. The next round tries again. */
    private boolean tolerating(Runnable work) {
        try {
            work.run();
            return false;
        } catch (CliException failed) {
            log.info(mesh.slug() + ": " + failed.getMessage());
            return true;
        }
    }

    void close() {
        rest.close();
    }
}
