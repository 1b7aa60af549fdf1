package com.claudemesh.bench;

import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.sdk.IncomingMessage;
import com.claudemesh.sdk.MemoryInboxStore;
import com.claudemesh.sdk.MeshClient;
import com.claudemesh.sdk.MeshIdentity;
import com.claudemesh.sdk.MeshListener;
import com.claudemesh.sdk.OutgoingMessage;
import com.claudemesh.sdk.Receipt;
import com.claudemesh.sdk.SdkRuntime;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * N senders, each with a receiver of its own, over the real client with real encryption. The text carries the sender's
 * index, the message's number and the time of the call, so that loss, repetition and order show at the receiver.
 */
final class LoadRun {

    /** @param perSecond messages per second in all; 0 means as fast as the windows allow */
    record Plan(int senders, int messages, int perSecond, int window, int textChars, Duration timeout) {}

    private final URI webSocketUrl;
    private final ProvisionedMesh mesh;
    private final Plan plan;
    private final Latencies delivery;
    private final Latencies acks;
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();
    private final AtomicLong outOfOrder = new AtomicLong();
    private final AtomicLong lastArrivalNanos = new AtomicLong();
    private final CountDownLatch outcomes;
    private final List<Lane> lanes = new ArrayList<>();

    LoadRun(URI webSocketUrl, ProvisionedMesh mesh, Plan plan) {
        this.webSocketUrl = webSocketUrl;
        this.mesh = mesh;
        this.plan = plan;
        int total = plan.senders() * plan.messages();
        this.delivery = new Latencies(total);
        this.acks = new Latencies(total);
        this.outcomes = new CountDownLatch(total);
    }

    LoadReport run() throws Exception {
        try (SdkRuntime runtime = SdkRuntime.shared()) {
            connect(runtime);
            long started = System.nanoTime();
            List<Thread> threads = new ArrayList<>();
            for (Lane lane : lanes) {
                Thread thread = new Thread(() -> sendAll(lane), "sender-" + lane.index);
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            boolean answered = outcomes.await(plan.timeout().toSeconds(), TimeUnit.SECONDS);
            awaitArrivals();
            LoadReport report = report(started);
            lanes.forEach(Lane::close);
            if (!answered) {
                throw new IllegalStateException(outcomes.getCount() + " sends have no outcome after " + plan.timeout());
            }
            return report;
        }
    }

    private void connect(SdkRuntime runtime) throws Exception {
        for (int i = 0; i < plan.senders(); i++) {
            ProvisionedMesh.Member from = mesh.members().get(2 * i);
            ProvisionedMesh.Member to = mesh.members().get(2 * i + 1);
            Lane lane = new Lane(i, to.pubkey(), plan.messages());
            lane.receiver = client(runtime, to).listener(lane).build();
            lane.sender = client(runtime, from).build();
            lanes.add(lane);
            lane.receiver.connect().get(30, TimeUnit.SECONDS);
            lane.sender.connect().get(30, TimeUnit.SECONDS);
        }
    }

    private MeshClient.Builder client(SdkRuntime runtime, ProvisionedMesh.Member member) {
        MeshIdentity identity =
                new MeshIdentity(mesh.meshId(), member.memberId(), member.pubkey(), member.secretKey(), webSocketUrl);
        return MeshClient.builder(identity)
                .displayName(member.displayName())
                .inbox(new MemoryInboxStore())
                .sendTimeout(plan.timeout())
                .runtime(runtime);
    }

    private void sendAll(Lane lane) {
        String padding = "x".repeat(plan.textChars());
        Semaphore window = new Semaphore(plan.window());
        long gapNanos = plan.perSecond() == 0 ? 0 : 1_000_000_000L * plan.senders() / plan.perSecond();
        long next = System.nanoTime();
        for (int i = 0; i < plan.messages(); i++) {
            if (gapNanos > 0) {
                next += gapNanos;
                LockSupport.parkNanos(next - System.nanoTime());
            }
            window.acquireUninterruptibly();
            long calledNanos = System.nanoTime();
            String head = lane.index + ":" + i + ":" + calledNanos + ":";
            String text = head + padding.substring(Math.min(head.length(), padding.length()));
            lane.sender
                    .send(new OutgoingMessage(lane.target, text, Priority.NOW, null))
                    .whenComplete((receipt, failure) -> {
                        acks.add(System.nanoTime() - calledNanos);
                        (receipt instanceof Receipt.Stored ? stored : refused).incrementAndGet();
                        outcomes.countDown();
                        window.release();
                    });
        }
    }

    private void awaitArrivals() {
        long deadline = System.nanoTime() + plan.timeout().toNanos();
        while (delivered() < stored.get() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private long delivered() {
        return lanes.stream().mapToLong(Lane::arrived).sum();
    }

    private LoadReport report(long startedNanos) {
        long delivered = delivered();
        double seconds = Math.max(1, lastArrivalNanos.get() - startedNanos) / 1e9;
        return new LoadReport(
                plan.senders(),
                plan.messages(),
                stored.get(),
                refused.get(),
                delivered,
                Math.max(0, stored.get() - delivered),
                duplicates.get(),
                outOfOrder.get(),
                Math.round(seconds * 1000) / 1000.0,
                Math.round(delivered / seconds * 10) / 10.0,
                delivery.percentiles(),
                acks.percentiles());
    }

    /** One sender and its receiver. */
    private final class Lane implements MeshListener {
        private final int index;
        private final String target;
        private final BitSet seen;
        private MeshClient sender;
        private MeshClient receiver;
        private int highest = -1;

        Lane(int index, String target, int messages) {
            this.index = index;
            this.target = target;
            this.seen = new BitSet(messages);
        }

        @Override
        public void onMessage(IncomingMessage message) {
            long now = System.nanoTime();
            if (message.text() == null) {
                throw new IllegalStateException("undecryptable message " + message.messageId());
            }
            String[] parts = message.text().split(":", 4);
            int number = Integer.parseInt(parts[1]);
            record(number, now - Long.parseLong(parts[2]));
            lastArrivalNanos.accumulateAndGet(now, Math::max);
        }

        private synchronized void record(int number, long nanos) {
            if (seen.get(number)) {
                duplicates.incrementAndGet();
                return;
            }
            seen.set(number);
            delivery.add(nanos);
            if (number < highest) {
                outOfOrder.incrementAndGet();
            }
            highest = Math.max(highest, number);
        }

        synchronized int arrived() {
            return seen.cardinality();
        }

        void close() {
            sender.close();
            receiver.close();
        }
    }
}
