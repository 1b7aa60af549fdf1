package com.claudemesh.bench.gauntlet;

import com.claudemesh.bench.provision.ProvisionedMesh;
import com.claudemesh.sdk.SdkRuntime;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Steady load while faults strike: pairs of real clients that reconnect by themselves. One thread sends for all pairs in
 * turn; a pair whose window is full misses its turn.
 */
public final class Traffic implements AutoCloseable {
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(30);
    private static final Duration SETTLE_PATIENCE = Duration.ofSeconds(150);

    private final SdkRuntime runtime = SdkRuntime.shared();
    private final List<TrafficPair> pairs = new ArrayList<>();
    private final long gapNanos;
    private final Thread pacer = new Thread(this::send, "traffic");
    private volatile boolean sending;
    private volatile boolean closed;

    /** @param perSecond messages per second of all pairs together */
    public Traffic(URI webSocketUrl, ProvisionedMesh mesh, int pairCount, int perSecond) throws Exception {
        gapNanos = 1_000_000_000L / perSecond;
        for (int i = 0; i < pairCount; i++) {
            TrafficPair pair = new TrafficPair(runtime, webSocketUrl, mesh, i);
            pairs.add(pair);
            pair.connect().get(CONNECT_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        pacer.setDaemon(true);
        pacer.start();
    }

    private void send() {
        long due = System.nanoTime();
        for (int turn = 0; !closed; turn++) {
            due = Math.max(due + gapNanos, System.nanoTime() - gapNanos);
            LockSupport.parkNanos(due - System.nanoTime());
            if (sending) {
                pairs.get(turn % pairs.size()).sendIfRoom();
            }
        }
    }

    /** Begins to send, or goes on; blocks until answers come. */
    public void flow() throws Exception {
        long before = balance().acknowledged();
        sending = true;
        Patience.require("an acknowledgement", CONNECT_PATIENCE, () -> balance().acknowledged() > before);
    }

    /** Stops sending; blocks until every send has its outcome and every acknowledged message is there. */
    public void settle() throws Exception {
        sending = false;
        Patience.require(
                "an outcome of every send",
                SETTLE_PATIENCE,
                () -> pairs.stream().allMatch(TrafficPair::isAnswered));
        Patience.until(SETTLE_PATIENCE, () -> balance().lost() == 0);
    }

    public Balance balance() {
        return Balance.of(pairs.stream().map(TrafficPair::ledger).toList());
    }

    /** Messages that the server handed out again and the clients recognised. */
    public long redelivered() {
        return pairs.stream().mapToLong(TrafficPair::redelivered).sum();
    }

    public int connections() {
        return 2 * pairs.size();
    }

    @Override
    public void close() {
        closed = true;
        pairs.forEach(TrafficPair::close);
        runtime.close();
    }
}
