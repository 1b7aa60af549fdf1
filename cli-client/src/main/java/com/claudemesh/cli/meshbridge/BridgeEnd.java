package com.claudemesh.cli.meshbridge;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.HostName;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.Refusals;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.rest.KeyDesk;
import com.claudemesh.cli.rest.RestSession;
import com.claudemesh.cli.rest.RestTopicKeys;
import com.claudemesh.cli.rest.ShortLivedKey;
import com.claudemesh.cli.topic.TopicFinder;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.crypto.naming.Mentions;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.protocol.frame.ApiKeyCreate;
import com.claudemesh.protocol.frame.ApiKeyCreated;
import com.claudemesh.protocol.frame.ApiKeyRevoke;
import com.claudemesh.protocol.frame.ApiKeyRevokeResponse;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.ServerFrame;
import com.claudemesh.protocol.frame.TopicJoin;
import com.claudemesh.protocol.frame.TopicList;
import com.claudemesh.protocol.frame.TopicListResponse;
import com.claudemesh.protocol.frame.TopicListResponse.Topic;
import com.claudemesh.sdk.InboxStore;
import com.claudemesh.sdk.MeshClient;
import com.claudemesh.sdk.MeshException;
import com.claudemesh.sdk.MeshListener;
import com.claudemesh.sdk.OutgoingMessage;
import com.claudemesh.sdk.Receipt;
import com.claudemesh.sdk.SdkRuntime;
import com.claudemesh.sdk.topic.KeyHolder;
import com.claudemesh.sdk.topic.KeyState;
import com.claudemesh.sdk.topic.TopicBody;
import com.claudemesh.sdk.topic.TopicKeeper;
import com.claudemesh.sdk.topic.TopicKey;
import com.claudemesh.sdk.topic.TopicKeyRing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A bridge's connection to one of its topics. Blocking; safe for any thread. */
final class BridgeEnd implements AutoCloseable {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    private final BridgeConfig.Side side;
    private final TopicKeyRing ring;
    private final SigningKeyPair sessionKeys = SigningKeyPair.generate();
    private final MeshClient client;
    private final RestSession rest;
    private final TopicKeeper keeper;

    /** @param posts is given every post before it is acknowledged to the server */
    BridgeEnd(
            BridgeConfig.Side side,
            VerbServices services,
            SdkRuntime runtime,
            InboxStore posts,
            MeshListener listener,
            Consumer<String> warnings) {
        this.side = side;
        this.ring = services.topicKeys();
        Membership mesh = side.membership();
        this.client = MeshClient.builder(mesh.identity())
                .displayName(side.displayName())
                .sessionKeys(sessionKeys)
                .hostname(HostName.local())
                .peerType("connector")
                .channel("bridge")
                .inbox(posts)
                .listener(listener)
                .topicKeys(ring)
                .runtime(runtime)
                .build();
        ShortLivedKey key = new ShortLivedKey(
                new ShortLivedKey.Purpose(
                        "bridge", List.of(ApiKeyCapability.READ, ApiKeyCapability.SEND), List.of(side.topic())),
                desk(),
                KeyDesk.opening(services, mesh, side.displayName()),
                services.host().clock(),
                warnings);
        this.rest = new RestSession(RestSession.base(services, mesh), key);
        this.keeper = new TopicKeeper(
                new KeyHolder(mesh.meshId(), mesh.memberId(), mesh.pubkey(), mesh.secretKey()),
                ring,
                new RestTopicKeys(rest));
    }

    private KeyDesk desk() {
        return new KeyDesk() {
            @Override
            public ApiKeyCreated mint(ApiKeyCreate wish) {
                return ask(wish, ApiKeyCreated.class);
            }

            @Override
            public void revoke(String keyId) {
                ask(new ApiKeyRevoke(keyId), ApiKeyRevokeResponse.class);
            }
        };
    }

    BridgeConfig.Side side() {
        return side;
    }

    /** Keys that are this end's own. */
    Set<String> keys() {
        return Set.of(side.membership().pubkey(), sessionKeys.publicHex());
    }

    /**
     * Connects and joins the topic.
     *
     * @throws CliException exit code 4 when that is not possible in time
     */
    void open(Duration timeout) {
        try {
            wait(client.connect(), timeout);
            topic();
            wait(client.tell(new TopicJoin(side.topic(), side.role())), REQUEST_TIMEOUT);
            if (topic().role() == null) {
                throw CliException.invalid("the server does not let it into #" + Output.safe(side.topic()));
            }
        } catch (CliException failed) {
            throw new CliException(
                    ExitCode.NETWORK_ERROR,
                    "bridge_not_connected",
                    "side " + side.name() + ": " + failed.getMessage(),
                    failed.hint());
        }
    }

    /** The topic as it is now. */
    Topic topic() {
        List<Topic> topics = ask(new TopicList(), TopicListResponse.class).topics();
        return TopicFinder.find(topics, side.topic())
                .orElseThrow(() -> CliException.notFound(
                        "topic_not_found",
                        "there is no topic #" + Output.safe(side.topic()),
                        "claudemesh topic create " + Output.safe(side.topic())));
    }

    /**
     * Posts to the topic, encrypted when it has a key, and waits until the server has stored it.
     *
     * @param id of the post; the same one is stored once
     * @throws CliException when it is not stored; it may be tried again
     */
    void post(String text, String id) {
        Topic topic = topic();
        TopicBody body = key(topic).map(key -> TopicBody.encrypted(text, key)).orElse(null);
        Receipt receipt = wait(
                client.send(new OutgoingMessage(
                        "#" + topic.id(), text, Priority.NEXT, id, null, Mentions.inText(text), body)),
                REQUEST_TIMEOUT.plusSeconds(10));
        if (receipt instanceof Receipt.Refused refused) {
            throw Refusals.ofSend(refused.error());
        }
    }

    private Optional<TopicKey> key(Topic topic) {
        if (topic.keyEpoch() == 0) {
            return Optional.empty();
        }
        Optional<TopicKey> held = ring.key(side.membership().meshId(), topic.id(), topic.keyEpoch());
        if (held.isPresent() && !topic.rotationDue()) {
            return held;
        }
        if (care(topic).state() instanceof KeyState.Held found) {
            return Optional.of(found.key());
        }
        throw CliException.notFound(
                "key_not_sealed_for_member",
                "waiting for a member to share the key of #" + Output.safe(topic.name()),
                "");
    }

    /** Does what is due for the topic's key. */
    synchronized TopicKeeper.Care care(Topic topic) {
        return keeper.care(new TopicKeeper.Topic(topic.id(), topic.name()));
    }

    /** The text of a body that came before its key, once the key can be had. */
    synchronized TopicBody.Opened open(Topic topic, TopicBody body) {
        TopicKeeper.Topic named = new TopicKeeper.Topic(topic.id(), topic.name());
        keeper.ofEpoch(named, body.epoch());
        return body.open(epoch -> keeper.held(named, epoch));
    }

    private <A extends ServerFrame> A ask(ClientFrame request, Class<A> answer) {
        return wait(client.request(request, answer), REQUEST_TIMEOUT);
    }

    private static <T> T wait(CompletableFuture<T> future, Duration timeout) {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            String message = Output.safe(String.valueOf(failed.getCause().getMessage()));
            throw failed.getCause() instanceof MeshException.RequestFailed refused
                    ? Refusals.ofError(new ErrorFrame(refused.code(), message, null))
                    : CliException.network(message);
        } catch (TimeoutException slow) {
            throw CliException.network("no answer in " + timeout.toSeconds() + " s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.CANCELLED, "cancelled", "interrupted", "");
        }
    }

    @Override
    public void close() {
        rest.close();
        client.close();
    }
}
