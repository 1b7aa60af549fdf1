package com.claudemesh.cli.meshbridge;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.meshbridge.Crossing.Decision;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.error.CloseCode;
import com.claudemesh.protocol.frame.TopicListResponse.Topic;
import com.claudemesh.sdk.InboxStore;
import com.claudemesh.sdk.IncomingMessage;
import com.claudemesh.sdk.MeshException;
import com.claudemesh.sdk.MeshListener;
import com.claudemesh.sdk.SdkRuntime;
import com.claudemesh.sdk.topic.KeyState;
import com.claudemesh.sdk.topic.TopicBody.Opened;
import com.claudemesh.sdk.topic.TopicKeeper;
import com.claudemesh.sdk.topic.TopicPost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Two topics as one conversation, until it is stopped. */
final class TopicBridge implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration CARE_PERIOD = Duration.ofSeconds(30);
    private static final long RETRY_MILLIS = 2_000;

    private final VerbServices services;
    private final Output output;
    private final SdkRuntime runtime = SdkRuntime.shared();
    private final Set<String> ownKeys = ConcurrentHashMap.newKeySet();
    private final Crossing crossing;
    private final BridgeEnd a;
    private final BridgeEnd b;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable CliException ending;

    TopicBridge(BridgeConfig config, VerbServices services, Output output) {
        this.services = services;
        this.output = output;
        this.crossing = new Crossing(config.maxHops(), ownKeys);
        this.a =
                new BridgeEnd(config.a(), services, runtime, store(true), listener("a"), text -> output.warn(text, ""));
        this.b = new BridgeEnd(
                config.b(), services, runtime, store(false), listener("b"), text -> output.warn(text, ""));
        ownKeys.addAll(a.keys());
        ownKeys.addAll(b.keys());
    }

    /**
     * Bridges until {@link #stop}.
     *
     * @throws CliException exit code 4 when an end can't be connected at first, 7 when one is shut out later
     */
    int run() throws InterruptedException {
        a.open(CONNECT_TIMEOUT);
        b.open(CONNECT_TIMEOUT);
        output.progress("bridging " + name(a) + " and " + name(b));
        do {
            care(a);
            care(b);
        } while (!stopped.await(CARE_PERIOD.toSeconds(), TimeUnit.SECONDS));
        if (ending != null) {
            throw ending;
        }
        return ExitCode.SUCCESS;
    }

    void stop() {
        stopped.countDown();
    }

    private static String name(BridgeEnd end) {
        return end.side().membership().slug() + "#" + Output.safe(end.side().topic());
    }

    /** Keys can wait: the connections tell by themselves when a server is gone. */
    private void care(BridgeEnd end) {
        try {
            Topic topic = end.topic();
            if (topic.keyEpoch() > 0) {
                report(end, end.care(topic));
            }
        } catch (CliException failed) {
            output.warn("side " + end.side().name() + ": " + failed.getMessage(), failed.hint());
        }
    }

    private void report(BridgeEnd end, TopicKeeper.Care care) {
        if (care.state() instanceof KeyState.Waiting) {
            output.progress(name(end) + ": waiting for a member to share the key");
        } else if (care.state() instanceof KeyState.Refused refused) {
            output.warn(name(end) + ": the key is not used: " + refused.reason(), "");
        }
        care.shared()
                .sealed()
                .forEach(member ->
                        output.progress(name(end) + ": shared the key with " + Output.safe(member.displayName())));
    }

    /** A post counts as kept, and is acknowledged, when it is on the other side. */
    private InboxStore store(boolean ofA) {
        return message -> {
            cross(message, ofA ? a : b, ofA ? b : a);
            return false;
        };
    }

    private MeshListener listener(String side) {
        return new MeshListener() {
            @Override
            public void onRetry(MeshException reason, long waitMillis) {
                output.warn(
                        "side " + side + ": " + reason.getMessage() + "; next attempt in " + waitMillis + " ms", "");
            }

            @Override
            public void onTerminal(int closeCode, String reason) {
                if (stopped.getCount() > 0) {
                    ending = new CliException(
                            closeCode == CloseCode.BANNED.code() ? ExitCode.PERMISSION_DENIED : ExitCode.NETWORK_ERROR,
                            "bridge_ended",
                            "side " + side + " is out for good: " + closeCode + " " + reason,
                            "");
                    stop();
                }
            }
        };
    }

    /**
     * Returns when the post is on the other side, or is not to go there. The other server takes a copy that it has already
     * for the same one.
     *
     * @throws IOException when the bridge is stopped before: unacknowledged, the post comes again with the next start
     */
    private void cross(IncomingMessage message, BridgeEnd from, BridgeEnd to) throws IOException {
        TopicPost post = message.post();
        if (post == null || message.subtype() != null) {
            return;
        }
        while (stopped.getCount() > 0) {
            try {
                attempt(message, post, from, to);
                return;
            } catch (CliException failed) {
                if (failed.exitCode() == ExitCode.INVALID_ARGUMENTS) {
                    drop(from, String.valueOf(failed.getMessage()), 0);
                    return;
                }
                output.warn("side " + to.side().name() + ": not forwarded yet: " + failed.getMessage(), "");
                pause();
            }
        }
        throw new IOException("stopped before the post was forwarded");
    }

    private void attempt(IncomingMessage message, TopicPost post, BridgeEnd from, BridgeEnd to) {
        Topic topic = from.topic();
        if (!post.topicId().equals(topic.id())) {
            return;
        }
        Optional<String> text = Optional.ofNullable(message.text()).or(() -> opened(post, topic, from));
        if (text.isEmpty()) {
            drop(from, "unreadable", 0);
            return;
        }
        Set<String> senderKeys = new HashSet<>(Set.of(message.senderPublicKey()));
        Optional.ofNullable(message.senderMemberPublicKey()).ifPresent(senderKeys::add);
        Decision decision = crossing.decide(
                text.get(),
                String.valueOf(message.senderName()),
                from.side().membership().slug(),
                senderKeys,
                from.side().tags());
        if (decision instanceof Decision.Drop drop) {
            drop(from, drop.reason(), drop.hop());
            return;
        }
        Decision.Forward forward = (Decision.Forward) decision;
        to.post(forward.text(), "bridge-" + message.messageId());
        int bytes = forward.text().getBytes(StandardCharsets.UTF_8).length;
        say("→ " + from.side().name() + "→" + to.side().name() + " hop=" + forward.hop() + " " + bytes + "b");
    }

    /** @throws CliException while the key is not there */
    private static Optional<String> opened(TopicPost post, Topic topic, BridgeEnd from) {
        if (post.unopened() == null) {
            return Optional.empty();
        }
        Opened opened = from.open(topic, post.unopened());
        if (opened instanceof Opened.KeyMissing) {
            throw CliException.network("waiting for a member to share the key");
        }
        return opened instanceof Opened.Text text ? Optional.of(text.text()) : Optional.empty();
    }

    private void drop(BridgeEnd from, String reason, int hop) {
        say("· drop from=" + from.side().name() + " reason=" + reason + " hop=" + hop);
    }

    private void say(String line) {
        output.text(services.host().clock().instant() + "  " + line);
    }

    private void pause() {
        try {
            stopped.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stop();
        }
    }

    @Override
    public void close() {
        stop();
        a.close();
        b.close();
        runtime.close();
    }
}
