package com.claudemesh.bench.load;

import com.claudemesh.bench.figures.Latencies;
import com.claudemesh.bench.figures.Rounded;
import com.claudemesh.bench.figures.Stopwatch;
import com.claudemesh.bench.provision.ProvisionedMesh;
import com.claudemesh.bench.server.ServerState;
import com.claudemesh.sdk.MemoryInboxStore;
import com.claudemesh.sdk.MeshClient;
import com.claudemesh.sdk.MeshIdentity;
import com.claudemesh.sdk.SdkRuntime;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * N senders, each with a receiver of its own, over the real client with real encryption. At a given rate a latency counts
 * from the moment a message was due, so that a stalled server cannot slow down its own measurement.
 */
public final class LoadRun {

    /**
     * @param perSecond messages per second in all; 0 means as fast as the windows allow
     * @param window unacknowledged messages per sender
     */
    public record Plan(int senders, int messages, int perSecond, int window, int textChars, Duration timeout) {}

    private final URI webSocketUrl;
    private final ServerState server;
    private final ProvisionedMesh mesh;
    private final Plan plan;
    private final List<LoadLane> lanes = new ArrayList<>();
    private final Tally tally;
    private @Nullable Long residentBefore;

    /** What all lanes count together. Safe for any thread. */
    static final class Tally {
        final Latencies delivery;
        final Latencies acks;
        final AtomicLong stored = new AtomicLong();
        final AtomicLong refused = new AtomicLong();
        final CountDownLatch outcomes;
        volatile Stopwatch watch = new Stopwatch();

        Tally(int messages) {
            delivery = new Latencies(messages);
            acks = new Latencies(messages);
            outcomes = new CountDownLatch(messages);
        }
    }

    /** @param mesh with at least two members per sender */
    public LoadRun(URI webSocketUrl, ServerState server, ProvisionedMesh mesh, Plan plan) {
        this.webSocketUrl = webSocketUrl;
        this.server = server;
        this.mesh = mesh;
        this.plan = plan;
        this.tally = new Tally(Math.multiplyExact(plan.senders(), plan.messages()));
    }

    /**
     * Blocks until everything acknowledged has arrived, or the time is over.
     *
     * @throws IllegalStateException when sends are left without any outcome
     */
    public LoadReport run() throws Exception {
        try (SdkRuntime runtime = SdkRuntime.shared()) {
            connect(runtime);
            residentBefore = residentMiB();
            tally.watch = new Stopwatch();
            start();
            boolean answered = tally.outcomes.await(plan.timeout().toSeconds(), TimeUnit.SECONDS);
            awaitArrivals();
            LoadReport report = report();
            lanes.forEach(LoadLane::close);
            if (!answered) {
                throw new IllegalStateException(
                        tally.outcomes.getCount() + " sends have no outcome after " + plan.timeout());
            }
            return report;
        }
    }

    private void connect(SdkRuntime runtime) throws Exception {
        for (int i = 0; i < plan.senders(); i++) {
            ProvisionedMesh.Member from = mesh.members().get(2 * i);
            ProvisionedMesh.Member to = mesh.members().get(2 * i + 1);
            LoadLane lane = new LoadLane(i, to.pubkey(), plan, tally);
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

    private void start() throws InterruptedException {
        if (plan.perSecond() == 0) {
            lanes.forEach(LoadLane::fillWindow);
        } else {
            sendAtRate();
        }
    }

    /** One thread paces all senders in turn. */
    private void sendAtRate() {
        long started = System.nanoTime();
        int total = plan.senders() * plan.messages();
        for (int i = 0; i < total; i++) {
            long dueNanos = started + (long) (i * 1e9 / plan.perSecond());
            while (System.nanoTime() < dueNanos) {
                LockSupport.parkNanos(dueNanos - System.nanoTime());
            }
            lanes.get(i % plan.senders()).send(dueNanos);
        }
    }

    private void awaitArrivals() {
        long deadline = System.nanoTime() + plan.timeout().toNanos();
        while (delivered() < tally.stored.get() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private long delivered() {
        return lanes.stream().mapToLong(LoadLane::arrived).sum();
    }

    private @Nullable Long residentMiB() throws IOException {
        return server.isKnown() ? server.server().residentBytes() >> 20 : null;
    }

    private LoadReport report() throws IOException {
        double cpuPercent = tally.watch.cpuPercent();
        long delivered = delivered();
        return new LoadReport(
                plan.senders(),
                plan.messages(),
                tally.stored.get(),
                tally.refused.get(),
                delivered,
                Math.max(0, tally.stored.get() - delivered),
                lanes.stream().mapToLong(LoadLane::duplicates).sum(),
                lanes.stream().mapToLong(LoadLane::outOfOrder).sum(),
                Rounded.seconds(tally.watch.elapsedNanos()),
                Rounded.perSecond(delivered, tally.watch.elapsedNanos()),
                tally.delivery.percentiles(),
                tally.acks.percentiles(),
                cpuPercent,
                residentBefore,
                residentMiB());
    }
}
