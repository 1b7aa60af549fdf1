package com.claudemesh.bench.ceiling;

import com.claudemesh.bench.figures.Latencies;
import com.claudemesh.bench.figures.Rounded;
import com.claudemesh.bench.figures.Stopwatch;
import com.claudemesh.bench.raw.EventLoop;
import com.claudemesh.bench.raw.RawSocket;
import com.claudemesh.bench.raw.WebSocketFrame;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Text frames to the container's echo endpoint and back, by the same generator as the raw load. The server must have been
 * started with {@code CLAUDEMESH_BENCH_ECHO=true}.
 */
public final class EchoCeiling {
    static final String PATH = "/bench/echo";

    /**
     * @param frames per connection
     * @param window unanswered frames per connection
     * @param payloadBytes of one frame
     */
    public record Plan(int connections, int frames, int window, int payloadBytes, Duration timeout) {}

    private final InetSocketAddress address;
    private final Plan plan;
    private final byte[] frame;
    private final Latencies latencies;
    private final CountDownLatch unfinished;
    private Stopwatch watch = new Stopwatch();

    public EchoCeiling(InetSocketAddress address, Plan plan) {
        this.address = address;
        this.plan = plan;
        frame = WebSocketFrame.text("x".repeat(plan.payloadBytes()));
        latencies = new Latencies(Math.multiplyExact(plan.connections(), plan.frames()));
        unfinished = new CountDownLatch(plan.connections());
    }

    /**
     * Blocks until every frame is back.
     *
     * @throws IllegalStateException when they are not in time, or a connection ends
     */
    public EchoFigures run() throws Exception {
        List<Lane> lanes = new ArrayList<>();
        try (EventLoop loop = new EventLoop("echo")) {
            for (int i = 0; i < plan.connections(); i++) {
                Lane lane = new Lane();
                lanes.add(lane);
                loop.connect(address, PATH, lane);
                lane.opened.get(30, TimeUnit.SECONDS);
            }
            watch = new Stopwatch();
            lanes.forEach(lane -> loop.execute(lane::fillWindow));
            if (!unfinished.await(plan.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the echoes are not back within " + plan.timeout());
            }
            double cpuPercent = watch.cpuPercent();
            long echoes = (long) plan.connections() * plan.frames();
            return new EchoFigures(
                    plan.connections(),
                    plan.payloadBytes(),
                    echoes,
                    Rounded.seconds(watch.elapsedNanos()),
                    Rounded.perSecond(echoes, watch.elapsedNanos()),
                    latencies.percentiles(),
                    cpuPercent);
        }
    }

    private final class Lane implements RawSocket.Handler {
        private final CompletableFuture<RawSocket> opened = new CompletableFuture<>();
        private final long[] sentAtNanos = new long[plan.frames()];
        private int sent;
        private int returned;

        void fillWindow() {
            while (sent < plan.frames() && sent - returned < plan.window()) {
                sentAtNanos[sent++] = System.nanoTime();
                opened.join().send(frame);
            }
        }

        @Override
        public void opened(RawSocket socket) {
            opened.complete(socket);
        }

        @Override
        public void text(RawSocket socket, byte[] bytes, int offset, int length) {
            long now = System.nanoTime();
            latencies.add(now - sentAtNanos[returned++]);
            watch.event(now);
            fillWindow();
            if (returned == plan.frames()) {
                unfinished.countDown();
            }
        }

        @Override
        public void closed(RawSocket socket, int code, String reason) {
            opened.completeExceptionally(new IllegalStateException(
                    "no echo endpoint (" + reason + "); was the server started with CLAUDEMESH_BENCH_ECHO=true?"));
        }
    }
}
