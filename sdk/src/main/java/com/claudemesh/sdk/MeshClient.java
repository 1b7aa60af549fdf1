package com.claudemesh.sdk;

import com.claudemesh.protocol.crypto.DirectMessageCipher;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.Capability;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.Hello;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.InvalidFieldException;
import com.claudemesh.protocol.frame.ListPeers;
import com.claudemesh.protocol.frame.PeersList;
import com.claudemesh.protocol.frame.Send;
import com.claudemesh.protocol.frame.ServerFrame;
import com.claudemesh.protocol.frame.SessionHello;
import com.claudemesh.sdk.topic.MemoryTopicKeyRing;
import com.claudemesh.sdk.topic.TopicKeyRing;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One connection of one member to one mesh, which comes back by itself.
 *
 * <p>Everything is written in the order of the calls, and waits while there is no connection: up to 1,000 frames and
 * 32 Mi characters, sends that wait for their answer included. What does not fit fails with {@link
 * MeshException.NotConnected}.
 *
 * <p>Safe for any thread. Futures are completed on threads that all clients of a runtime share: continue with the
 * {@code …Async} methods for anything that may wait.
 */
public final class MeshClient implements AutoCloseable {
    private static final Logger LOG = System.getLogger(MeshClient.class.getName());
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final MeshIdentity identity;
    private final Announcement announcement;
    private final long requestTimeoutMillis;
    private final Timings timings;
    private final SdkRuntime runtime;
    private final boolean ownsRuntime;
    private final Sealer sealer;
    private final Exchange exchange;
    private final Link link;
    private @Nullable CompletableFuture<Void> closing;

    private MeshClient(Builder builder, Announcement announcement) {
        this.identity = builder.identity;
        this.announcement = announcement;
        this.requestTimeoutMillis = builder.requestTimeout.toMillis();
        this.timings = builder.timings;
        this.ownsRuntime = builder.runtime == null;
        this.runtime = builder.runtime == null ? SdkRuntime.small() : builder.runtime;
        DirectMessageCipher member = new DirectMessageCipher(identity.secretKey());
        SigningKeyPair keys = announcement.sessionKeys();
        DirectMessageCipher session = keys == null ? null : new DirectMessageCipher(keys.secretHex());
        this.sealer = new Sealer(session == null ? member : session);
        Outgoing outgoing = new Outgoing(runtime, builder.sendTimeout.toMillis());
        Receiver receiver = new Receiver(
                new SerialLane(runtime.handlers()),
                new MessageOpener(member, session, builder.topicKeys),
                builder.inbox,
                builder.listener,
                builder.clock,
                outgoing::acknowledge,
                this::readOn);
        this.exchange = new Exchange(outgoing, new Requests(runtime), receiver);
        Clock clock = builder.clock;
        this.link = new Link(
                runtime,
                identity.brokerUrl(),
                () -> FrameCodec.encode(announcement.hello(identity, clock.millis())),
                timings,
                builder.backoff.get(),
                builder.reconnect,
                exchange);
    }

    public static Builder builder(MeshIdentity identity) {
        return new Builder(identity);
    }

    /**
     * Begins to connect. Completes when the server accepts the first hello; until then attempts are repeated. Fails only
     * when there will be no further attempt: {@link MeshException.Handshake}, {@link MeshException.Terminated} or {@link
     * MeshException.NotConnected}.
     */
    public CompletableFuture<HelloAck> connect() {
        return link.connect();
    }

    /**
     * Sends a message exactly once: it is repeated under the same id on every new connection until the server answers.
     * Fails with {@link MeshException.Invalid} for a bad field, {@link MeshException.TimedOut} without an answer in time,
     * and what ended the client otherwise.
     */
    public CompletableFuture<Receipt> send(OutgoingMessage message) {
        try {
            return exchange.send(sealer.seal(message));
        } catch (MeshException.Invalid e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Sends a frame that is not answered. Completes when it is written; fails when the connection breaks meanwhile.
     *
     * @throws IllegalArgumentException for a hello or a send
     */
    public CompletableFuture<Void> tell(ClientFrame frame) {
        return exchange.tell(ordinary(frame));
    }

    /** As {@link #request(ClientFrame, Class)}, for an answer of any type; it must carry the request's id. */
    public CompletableFuture<ServerFrame> request(ClientFrame frame) {
        return request(frame, ServerFrame.class);
    }

    /**
     * Sends a request. Fails with {@link MeshException.RequestFailed} for an error or another type of answer, {@link
     * MeshException.TimedOut} without one in time, {@link MeshException.ConnectionLost} when the connection breaks after
     * it was written; it is not repeated.
     *
     * @throws IllegalArgumentException for a hello or a send
     */
    public <R extends ServerFrame> CompletableFuture<R> request(ClientFrame frame, Class<R> answer) {
        return exchange.request(ordinary(frame), answer, requestTimeoutMillis);
    }

    /** The live peers of the mesh, this one included. */
    public CompletableFuture<PeersList> peers() {
        return request(new ListPeers(), PeersList.class);
    }

    private static ClientFrame ordinary(ClientFrame frame) {
        if (frame instanceof Hello || frame instanceof SessionHello || frame instanceof Send) {
            throw new IllegalArgumentException(frame.type() + " frames are made by the client itself");
        }
        return frame;
    }

    /** Completes when everything handed over before is written. */
    public CompletableFuture<Void> flush() {
        return exchange.flush();
    }

    public ConnectionState state() {
        return link.state();
    }

    /** The server's answer to the latest accepted hello. */
    public Optional<HelloAck> hello() {
        return Optional.ofNullable(link.answer());
    }

    /** Why there is no connection, after an attempt or a connection failed. */
    public Optional<MeshException> lastFailure() {
        return Optional.ofNullable(link.lastFailure());
    }

    public MeshIdentity identity() {
        return identity;
    }

    public String sessionId() {
        return announcement.sessionId();
    }

    /** What others address this client by: the session key if it has one, else the member key. */
    public String publicKey() {
        SigningKeyPair keys = announcement.sessionKeys();
        return keys == null ? identity.publicKey() : keys.publicHex();
    }

    private void readOn() {
        link.readOn();
    }

    /**
     * Takes nothing new, waits until what was taken is written and answered and what arrived is handled, but not longer
     * than said, then closes. What is left fails with {@link MeshException.NotConnected}. Completes normally.
     */
    public CompletableFuture<Void> closeGracefully(Duration atMost) {
        CompletableFuture<Void> done;
        synchronized (this) {
            if (closing != null) {
                return closing.copy();
            }
            done = new CompletableFuture<>();
            closing = done;
        }
        MeshException reason = new MeshException.NotConnected("the client was closed");
        CompletableFuture<Void> finished = exchange.finish(reason);
        runtime.after(atMost.toMillis(), () -> finished.complete(null));
        finished.thenCompose(nothing -> {
                    exchange.abandon(reason);
                    return link.close();
                })
                .whenComplete((nothing, failure) -> {
                    if (ownsRuntime) {
                        runtime.close();
                    }
                    done.complete(null);
                });
        return done.copy();
    }

    /**
     * Closes gracefully: at once without a connection, else blocking, for at most two seconds for what is under way and
     * two for the goodbye. Called by a listener it does not block.
     */
    @Override
    public void close() {
        boolean online = state() == ConnectionState.ONLINE;
        CompletableFuture<Void> done = closeGracefully(online ? CLOSE_TIMEOUT : Duration.ZERO);
        if (!online || exchange.isListenerThread()) {
            return;
        }
        try {
            done.get(CLOSE_TIMEOUT.toMillis() + 2 * timings.goodbye(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.log(Level.WARNING, "event=close_incomplete mesh=" + identity.meshId());
        } catch (ExecutionException e) {
            throw new IllegalStateException("closing does not fail", e);
        }
    }

    /** Settings of one client. Not safe for several threads. */
    public static final class Builder {
        private final MeshIdentity identity;
        private final List<String> capabilities = new ArrayList<>();
        private String sessionId = UUID.randomUUID().toString();
        private @Nullable SigningKeyPair sessionKeys;
        private long pid = ProcessHandle.current().pid();
        private @Nullable String cwd;
        private @Nullable String displayName;
        private @Nullable String hostname;
        private @Nullable String channel;
        private @Nullable String model;
        private @Nullable String peerType;
        private @Nullable List<GroupLabel> groups;
        private boolean noPush;
        private boolean reconnect = true;
        private Duration sendTimeout = Duration.ofSeconds(15);
        private Duration requestTimeout = Duration.ofSeconds(10);
        private InboxStore inbox = new MemoryInboxStore();
        private MeshListener listener = new MeshListener() {};
        private TopicKeyRing topicKeys = new MemoryTopicKeyRing();
        private @Nullable SdkRuntime runtime;
        private Clock clock = Clock.systemUTC();
        private Timings timings = Timings.STANDARD;
        private Supplier<Backoff> backoff = () -> new Backoff(RandomGenerator.getDefault());

        private Builder(MeshIdentity identity) {
            this.identity = identity;
        }

        /** Another connection of the same member and session id replaces this one. Made up by default. */
        public Builder sessionId(String value) {
            sessionId = value;
            return this;
        }

        /** A key of this session, which messages are then encrypted with and can be addressed to. None by default. */
        public Builder sessionKeys(SigningKeyPair value) {
            sessionKeys = value;
            return this;
        }

        /** By default this process. */
        public Builder pid(long value) {
            pid = value;
            return this;
        }

        /** The directory that the session works in; not told by default. */
        public Builder cwd(String value) {
            cwd = value;
            return this;
        }

        /** The name to show; by default the member's own. */
        public Builder displayName(String value) {
            displayName = value;
            return this;
        }

        /** Not told by default. */
        public Builder hostname(String value) {
            hostname = value;
            return this;
        }

        /** What kind of program this is, such as {@code cli}; not told by default. */
        public Builder channel(String value) {
            channel = value;
            return this;
        }

        /** The language model of an AI session; not told by default. */
        public Builder model(String value) {
            model = value;
            return this;
        }

        /** {@code ai}, {@code human} or {@code connector}; not told by default. */
        public Builder peerType(String value) {
            peerType = value;
            return this;
        }

        /** By default what the server remembers of the member. */
        public Builder groups(List<GroupLabel> value) {
            groups = List.copyOf(value);
            return this;
        }

        /** More to announce besides what this library always announces. */
        public Builder capabilities(List<String> value) {
            capabilities.addAll(value);
            return this;
        }

        /** For one-shot commands: no messages are handed to this client, and nobody is told of its coming and going. */
        public Builder noPush() {
            noPush = true;
            return this;
        }

        /** With false the first failure is the last. True by default. */
        public Builder reconnect(boolean value) {
            reconnect = value;
            return this;
        }

        /** How long a send may wait for its answer, connection failures included. 15 seconds by default. */
        public Builder sendTimeout(Duration value) {
            sendTimeout = value;
            return this;
        }

        /** How long a request may wait for its answer. 10 seconds by default. */
        public Builder requestTimeout(Duration value) {
            requestTimeout = value;
            return this;
        }

        /** Where messages are kept before they are acknowledged; by default only their ids, in memory. */
        public Builder inbox(InboxStore value) {
            inbox = value;
            return this;
        }

        public Builder listener(MeshListener value) {
            listener = value;
            return this;
        }

        /** Keys that posts of topics are opened with; by default there are none. */
        public Builder topicKeys(TopicKeyRing value) {
            topicKeys = value;
            return this;
        }

        /** Threads to share with other clients; by default the client has its own. */
        public Builder runtime(SdkRuntime value) {
            runtime = value;
            return this;
        }

        Builder clock(Clock value) {
            clock = value;
            return this;
        }

        Builder timings(Timings value) {
            timings = value;
            return this;
        }

        Builder backoff(Supplier<Backoff> value) {
            backoff = value;
            return this;
        }

        /**
         * A client that has not connected.
         *
         * @throws InvalidFieldException when a field is out of bounds, or keys do not belong together
         */
        public MeshClient build() {
            identity.verify();
            requirePositive("sendTimeout", sendTimeout);
            requirePositive("requestTimeout", requestTimeout);
            Announcement announcement = announcement();
            announcement.hello(identity, clock.millis());
            return new MeshClient(this, announcement);
        }

        private Announcement announcement() {
            List<String> announced = new ArrayList<>();
            announced.add(noPush ? Capability.NO_PUSH : Capability.CLIENT_ACK);
            announced.add(Capability.RECEIPTS);
            capabilities.stream().filter(more -> !announced.contains(more)).forEach(announced::add);
            return new Announcement(
                    sessionId,
                    sessionKeys,
                    pid,
                    cwd,
                    displayName,
                    hostname,
                    channel,
                    model,
                    peerType,
                    groups,
                    List.copyOf(announced));
        }

        private static void requirePositive(String field, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new InvalidFieldException(field, "must be positive");
            }
        }
    }
}
