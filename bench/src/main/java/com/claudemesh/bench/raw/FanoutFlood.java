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

/**
 * One sender that addresses everybody. It keeps a window of unacknowledged messages and does not run ahead of the
 * deliveries by more than a backlog, so that the server need not cut off anybody as a slow reader.
 */
final class FanoutFlood {

    /**
     * @param receivers connected members besides the sender
     * @param window unacknowledged messages
     * @param backlogMessages messages by which the sender may be ahead of the average receiver
     */
    record Plan(
            int receivers,
            int messages,
            int window,
            int backlogMessages,
            int ciphertextChars,
            boolean acknowledging,
            Duration timeout) {}

    private final InetSocketAddress address;
    private final ProvisionedMesh mesh;
    private final Plan plan;
    private final RawPeer sender;
    private final MessageFrame frame;
    private final List<Receiver> receivers = new ArrayList<>();
    private final long[] sentAtNanos;
    private final Latencies deliveries;
    private final Latencies acks;
    private final CountDownLatch finished = new CountDownLatch(1);
    private Stopwatch watch = new Stopwatch();
    private int sent;
    private int stored;
    private int refused;
    private long delivered;

    FanoutFlood(InetSocketAddress address, ProvisionedMesh mesh, Plan plan) {
        this.address = address;
        this.mesh = mesh;
        this.plan = plan;
        sentAtNanos = new long[plan.messages()];
        deliveries = new Latencies(Math.multiplyExact(plan.messages(), plan.receivers()));
        acks = new Latencies(plan.messages());
        frame = new MessageFrame(UUID.randomUUID().toString(), 0, "*", "now", plan.ciphertextChars());
        sender = new RawPeer(mesh.meshId(), mesh.members().get(0), false, new Sender());
    }

    /** Blocks until everything acknowledged has arrived everywhere, or the time is over. */
    RawFigures run(Recording recording) throws Exception {
        double cpuPercent;
        try (Generator generator = new Generator(1)) {
            for (int i = 0; i < plan.receivers(); i++) {
                Receiver receiver = new Receiver();
                receivers.add(receiver);
                RawPeer peer = new RawPeer(mesh.meshId(), mesh.members().get(i + 1), plan.acknowledging(), receiver);
                peer.connect(generator.loop(0), address).get(30, TimeUnit.SECONDS);
            }
            sender.connect(generator.loop(0), address).get(30, TimeUnit.SECONDS);
            recording.begin();
            watch = new Stopwatch();
            generator.loop(0).execute(this::proceed);
            finished.await(plan.timeout().toMillis(), TimeUnit.MILLISECONDS);
            cpuPercent = watch.cpuPercent();
            recording.end();
        }
        return figures(cpuPercent);
    }

    private void proceed() {
        while (sent < plan.messages()
                && sent - stored - refused < plan.window()
                && (long) sent * plan.receivers() - delivered < (long) plan.backlogMessages() * plan.receivers()) {
            sentAtNanos[sent] = System.nanoTime();
            sender.socket().send(frame.numbered(sent++));
        }
        if (stored + refused == plan.messages() && delivered >= (long) stored * plan.receivers()) {
            finished.countDown();
        }
    }

    private RawFigures figures(double cpuPercent) {
        return new RawFigures(
                "fan-out 1→" + plan.receivers(),
                plan.receivers() + 1,
                plan.acknowledging(),
                stored,
                refused,
                delivered,
                Math.max(0, (long) stored * plan.receivers() - delivered),
                receivers.stream().mapToLong(one -> one.arrivals.outOfOrder()).sum(),
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

    private final class Sender implements RawPeer.Traffic {
        @Override
        public void acknowledged(RawPeer peer, boolean accepted, byte[] bytes, int offset, int length) {
            int number = MessageFrame.number(bytes, MessageFrame.markInAck(bytes, offset, length));
            acks.add(System.nanoTime() - sentAtNanos[number]);
            if (accepted) {
                stored++;
            } else {
                refused++;
            }
            proceed();
        }

        @Override
        public void ended(RawPeer peer, int code, String reason) {
            failed("sender", code, reason);
        }
    }

    private final class Receiver implements RawPeer.Traffic {
        private final Arrivals arrivals = new Arrivals();

        @Override
        public void delivered(RawPeer peer, byte[] bytes, int offset, int length) {
            int number = MessageFrame.number(bytes, MessageFrame.markInPush(bytes, offset, length));
            if (arrivals.add(number)) {
                long now = System.nanoTime();
                deliveries.add(now - sentAtNanos[number]);
                watch.event(now);
                delivered++;
                proceed();
            }
        }

        @Override
        public void ended(RawPeer peer, int code, String reason) {
            failed("receiver", code, reason);
        }
    }
}
