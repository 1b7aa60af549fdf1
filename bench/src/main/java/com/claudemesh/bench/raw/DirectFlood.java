package com.claudemesh.bench.raw;

import com.claudemesh.bench.figures.Latencies;
import com.claudemesh.bench.figures.Rounded;
import com.claudemesh.bench.figures.Stopwatch;
import com.claudemesh.bench.provision.ProvisionedMesh;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Senders with a receiver each; every sender keeps its window of unacknowledged messages full. */
final class DirectFlood {

    /**
     * @param pairs 1 to 10,000, with two members each
     * @param messages per sender
     * @param window unacknowledged messages per sender
     * @param ciphertextChars 12 or more
     * @param acknowledging whether receivers confirm with {@code client_ack}
     */
    record Plan(
            int pairs,
            int messages,
            int window,
            int ciphertextChars,
            boolean acknowledging,
            int threads,
            Duration timeout) {}

    private final InetSocketAddress address;
    private final ProvisionedMesh mesh;
    private final Plan plan;
    private final String run = UUID.randomUUID().toString();
    private final Latencies deliveries;
    private final Latencies acks;
    private final CountDownLatch unfinished;
    private final List<Lane> lanes = new ArrayList<>();
    private volatile Stopwatch watch = new Stopwatch();

    DirectFlood(InetSocketAddress address, ProvisionedMesh mesh, Plan plan) {
        this.address = address;
        this.mesh = mesh;
        this.plan = plan;
        int total = Math.multiplyExact(plan.pairs(), plan.messages());
        deliveries = new Latencies(total);
        acks = new Latencies(total);
        unfinished = new CountDownLatch(plan.pairs());
    }

    /** Blocks until everything acknowledged has arrived, or the time is over. */
    RawFigures run(Recording recording) throws Exception {
        double cpuPercent;
        try (Generator generator = new Generator(plan.threads())) {
            for (int i = 0; i < plan.pairs(); i++) {
                Lane lane = new Lane(i);
                lanes.add(lane);
                lane.receiver.connect(generator.loop(i), address).get(30, TimeUnit.SECONDS);
                lane.sender.connect(generator.loop(i), address).get(30, TimeUnit.SECONDS);
            }
            recording.begin();
            watch = new Stopwatch();
            lanes.forEach(lane -> generator.loop(lane.index).execute(lane::fillWindow));
            unfinished.await(plan.timeout().toMillis(), TimeUnit.MILLISECONDS);
            cpuPercent = watch.cpuPercent();
            recording.end();
        }
        return figures(cpuPercent);
    }

    private RawFigures figures(double cpuPercent) {
        long stored = lanes.stream().mapToLong(lane -> lane.stored).sum();
        long delivered =
                lanes.stream().mapToLong(lane -> lane.arrivals.inOrder()).sum();
        return new RawFigures(
                "direct " + plan.pairs() + "×" + plan.messages(),
                2 * plan.pairs(),
                plan.acknowledging(),
                stored,
                lanes.stream().mapToLong(lane -> lane.refused).sum(),
                delivered,
                Math.max(0, stored - delivered),
                lanes.stream().mapToLong(lane -> lane.arrivals.outOfOrder()).sum(),
                Rounded.seconds(watch.elapsedNanos()),
                Rounded.perSecond(delivered, watch.elapsedNanos()),
                deliveries.percentiles(),
                acks.percentiles(),
                cpuPercent);
    }

    /** One sender and its receiver, on one loop. */
    private final class Lane implements RawPeer.Traffic {
        private final int index;
        private final RawPeer sender;
        private final RawPeer receiver;
        private final MessageFrame frame;
        private final long[] sentAtNanos;
        private final Arrivals arrivals = new Arrivals();
        private int sent;
        private int stored;
        private int refused;
        private boolean finished;

        Lane(int index) {
            this.index = index;
            this.sentAtNanos = new long[plan.messages()];
            ProvisionedMesh.Member to = mesh.members().get(2 * index + 1);
            sender = new RawPeer(mesh.meshId(), mesh.members().get(2 * index), false, this);
            receiver = new RawPeer(mesh.meshId(), to, plan.acknowledging(), this);
            frame = new MessageFrame(run, index, to.pubkey(), "now", plan.ciphertextChars());
        }

        void fillWindow() {
            while (sent < plan.messages() && sent - stored - refused < plan.window()) {
                sentAtNanos[sent] = System.nanoTime();
                sender.socket().send(frame.numbered(sent++));
            }
        }

        @Override
        public void acknowledged(RawPeer peer, boolean accepted, byte[] bytes, int offset, int length) {
            int number = MessageFrame.number(bytes, MessageFrame.markInAck(bytes, offset, length));
            acks.add(System.nanoTime() - sentAtNanos[number]);
            if (accepted) {
                stored++;
            } else {
                refused++;
            }
            fillWindow();
            finishIfComplete();
        }

        @Override
        public void delivered(RawPeer peer, byte[] bytes, int offset, int length) {
            int mark = MessageFrame.markInPush(bytes, offset, length);
            int number = MessageFrame.number(bytes, mark);
            if (MessageFrame.lane(bytes, mark) != index) {
                throw new IllegalStateException("a message of lane " + MessageFrame.lane(bytes, mark) + " in " + index);
            }
            if (arrivals.add(number)) {
                long now = System.nanoTime();
                deliveries.add(now - sentAtNanos[number]);
                watch.event(now);
            }
            finishIfComplete();
        }

        private void finishIfComplete() {
            if (!finished && stored + refused == plan.messages() && arrivals.inOrder() >= stored) {
                finish();
            }
        }

        private void finish() {
            finished = true;
            unfinished.countDown();
        }

        @Override
        public void ended(RawPeer peer, int code, String reason) {
            if (!finished) {
                System.err.println("lane " + index + " ended: " + code + " " + reason);
                finish();
            }
        }
    }
}
