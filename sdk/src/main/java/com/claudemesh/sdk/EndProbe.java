package com.claudemesh.sdk;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Finds the ends that java.net.http loses: its WebSocket does not report an end of stream that arrives while a call of
 * its listener is under way (its transport runs into an InternalError instead), and it reports a failed write only with
 * the write after (JDK 17 to 25). So, once a burst of texts is over, three pings are written: if the other side is gone,
 * the first is answered with a reset, the second fails silently, the third is reported. Idle connections are not probed.
 * Safe for any thread.
 */
final class EndProbe {
    private static final int PINGS = 3;
    /** Longer than a reset takes to arrive. */
    private static final long GAP_MILLIS = 250;

    private final SdkRuntime runtime;
    private final Wire wire;
    private final long quietMillis;
    private final AtomicBoolean planned = new AtomicBoolean();

    EndProbe(SdkRuntime runtime, Wire wire, long quietMillis) {
        this.runtime = runtime;
        this.wire = wire;
        this.quietMillis = quietMillis;
    }

    /** To be called with every text. */
    void heard() {
        if (!planned.get() && planned.compareAndSet(false, true)) {
            runtime.after(quietMillis, this::probeWhenQuiet);
        }
    }

    private void probeWhenQuiet() {
        if (wire.hasEnded()) {
            return;
        }
        long leftMillis = quietMillis - wire.silentMillis();
        if (leftMillis > 0) {
            runtime.after(leftMillis, this::probeWhenQuiet);
            return;
        }
        planned.set(false);
        run();
    }

    void run() {
        ping(PINGS);
    }

    private void ping(int times) {
        if (wire.hasEnded()) {
            return;
        }
        wire.ping();
        if (times > 1) {
            runtime.after(GAP_MILLIS, () -> ping(times - 1));
        }
    }
}
