package com.claudemesh.bench.raw;

import com.claudemesh.bench.figures.Latencies;
import com.claudemesh.bench.figures.Rounded;
import com.claudemesh.bench.figures.Stopwatch;
import com.claudemesh.bench.provision.ProvisionedMesh;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One member that posts to a topic at a fixed rate, whatever the server does, and others that read it. Latencies count from
 * the moment at which a post was due, so a server that stalls does not make its own figures better.
 */
final class TopicPace {
    private static final String TOPIC = "bench";
    private static final long TICK_MICROS = 1_000;

    /**
     * @param subscribers connected members of the topic besides the posting one
     * @param timeout for what is still missing after the last post
     */
    record Plan(
            int subscribers, int perSecond, int seconds, int ciphertextChars, boolean acknowledging, Duration timeout) {
        int posts() {
            return Math.multiplyExact(perSecond, seconds);
        }
    }

    private final InetSocketAddress address;
    private final ProvisionedMesh mesh;
    private final Plan plan;
    private final Poster poster = new Poster();
    private final RawPeer posting;
    private final MessageFrame frame;
    private final List<Reader> readers = new ArrayList<>();
    private final Latencies deliveries;
    private final Latencies acks;
    private final CountDownLatch finished = new CountDownLatch(1);
    private Stopwatch watch = new Stopwatch();
    private long startedNanos;
    private int sent;
    private int stored;
    private int refused;
    private long delivered;

    TopicPace(InetSocketAddress address, ProvisionedMesh mesh, Plan plan) {
        this.address = address;
        this.mesh = mesh;
        this.plan = plan;
        deliveries = new Latencies(Math.multiplyExact(plan.posts(), plan.subscribers()));
        acks = new Latencies(plan.posts());
        frame = new MessageFrame(UUID.randomUUID().toString(), 0, "#" + TOPIC, "now", plan.ciphertextChars());
        posting = new RawPeer(mesh.meshId(), mesh.members().get(0), false, poster);
    }

    /** Blocks until every post has arrived everywhere, or the time is over. */
    RawFigures run(Recording recording) throws Exception {
        double cpuPercent;
        ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
        try (Generator generator = new Generator(1)) {
            EventLoop loop = generator.loop(0);
            posting.connect(loop, address).get(30, TimeUnit.SECONDS);
            request(loop, posting, poster.answered, frame("topic_create").put("name", TOPIC));
            for (int i = 0; i < plan.subscribers(); i++) {
                subscribe(loop, mesh.members().get(i + 1));
            }
            recording.begin();
            watch = new Stopwatch();
            startedNanos = System.nanoTime();
            ticker.scheduleAtFixedRate(() -> loop.execute(this::postWhatIsDue), 0, TICK_MICROS, TimeUnit.MICROSECONDS);
            finished.await(plan.seconds() * 1_000L + plan.timeout().toMillis(), TimeUnit.MILLISECONDS);
            cpuPercent = watch.cpuPercent();
            recording.end();
        } finally {
            ticker.shutdownNow();
        }
        return figures(cpuPercent);
    }

    private void subscribe(EventLoop loop, ProvisionedMesh.Member member) throws Exception {
        Reader reader = new Reader();
        readers.add(reader);
        RawPeer peer = new RawPeer(mesh.meshId(), member, plan.acknowledging(), reader);
        peer.connect(loop, address).get(30, TimeUnit.SECONDS);
        loop.execute(() -> peer.socket()
                .send(WebSocketFrame.text(
                        frame("topic_join").put("topic", TOPIC).toString())));
        // Joining is silent; what is asked after it is answered after it.
        request(loop, peer, reader.answered, frame("topic_members").put("topic", TOPIC));
    }

    private static ObjectNode frame(String type) {
        return Json.mapper().createObjectNode().put("type", type);
    }

    private static void request(EventLoop loop, RawPeer peer, CompletableFuture<String> answered, ObjectNode request)
            throws Exception {
        loop.execute(() -> peer.socket().send(WebSocketFrame.text(request.toString())));
        String answer = answered.get(30, TimeUnit.SECONDS);
        if (answer.startsWith("{\"type\":\"error\"")) {
            throw new IllegalStateException(request.path("type").asText() + " was refused: " + answer);
        }
    }

    private void postWhatIsDue() {
        long now = System.nanoTime();
        while (sent < plan.posts() && dueNanos(sent) <= now) {
            posting.socket().send(frame.numbered(sent++));
        }
    }

    private long dueNanos(int number) {
        return startedNanos + number * 1_000_000_000L / plan.perSecond();
    }

    private void finishIfComplete() {
        if (stored + refused == plan.posts() && delivered >= (long) stored * plan.subscribers()) {
            finished.countDown();
        }
    }

    private RawFigures figures(double cpuPercent) {
        return new RawFigures(
                "topic " + plan.perSecond() + "/s→" + plan.subscribers(),
                plan.subscribers() + 1,
                plan.acknowledging(),
                stored,
                refused,
                delivered,
                Math.max(0, (long) stored * plan.subscribers() - delivered),
                readers.stream().mapToLong(one -> one.arrivals.outOfOrder()).sum(),
                Rounded.seconds(watch.elapsedNanos()),
                Rounded.perSecond(delivered, watch.elapsedNanos()),
                deliveries.percentiles(),
                acks.percentiles(),
                cpuPercent);
    }

    private void failed(String who, int code, String reason) {
        if (finished.getCount() > 0) {
            System.err.println("the " + who + " ended: " + code + " " + reason);
            finished.countDown();
        }
    }

    private static String text(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    /** System events of others who come are no answers. */
    private static boolean isAnswer(String text) {
        return !text.startsWith("{\"type\":\"push\"");
    }

    private final class Poster implements RawPeer.Traffic {
        private final CompletableFuture<String> answered = new CompletableFuture<>();

        @Override
        public void acknowledged(RawPeer peer, boolean accepted, byte[] bytes, int offset, int length) {
            int number = MessageFrame.number(bytes, MessageFrame.markInAck(bytes, offset, length));
            acks.add(System.nanoTime() - dueNanos(number));
            if (accepted) {
                stored++;
            } else {
                refused++;
            }
            finishIfComplete();
        }

        @Override
        public void other(RawPeer peer, byte[] bytes, int offset, int length) {
            String text = text(bytes, offset, length);
            if (isAnswer(text)) {
                answered.complete(text);
            }
        }

        @Override
        public void ended(RawPeer peer, int code, String reason) {
            failed("poster", code, reason);
        }
    }

    private final class Reader implements RawPeer.Traffic {
        private final CompletableFuture<String> answered = new CompletableFuture<>();
        private final Arrivals arrivals = new Arrivals();

        @Override
        public void delivered(RawPeer peer, byte[] bytes, int offset, int length) {
            int number = MessageFrame.number(bytes, MessageFrame.markInPush(bytes, offset, length));
            if (arrivals.add(number)) {
                long now = System.nanoTime();
                deliveries.add(now - dueNanos(number));
                watch.event(now);
                delivered++;
                finishIfComplete();
            }
        }

        @Override
        public void other(RawPeer peer, byte[] bytes, int offset, int length) {
            String text = text(bytes, offset, length);
            if (isAnswer(text)) {
                answered.complete(text);
            }
        }

        @Override
        public void ended(RawPeer peer, int code, String reason) {
            failed("reader", code, reason);
        }
    }
}
