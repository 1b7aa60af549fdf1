package com.claudemesh.cli.mcp;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Holds channel events back until the host is ready for them: it drops what comes before. Safe for any thread; keeps the
 * order.
 */
final class ChannelGate {
    static final int MAX_HELD = 500;

    private final JsonRpcOutput out;
    private final Diagnostics log;
    private final Deque<Held> held = new ArrayDeque<>();
    private boolean open;

    private record Held(ChannelEvent event, Runnable whenShown) {}

    ChannelGate(JsonRpcOutput out, Diagnostics log) {
        this.out = out;
        this.log = log;
    }

    /** Shows the event, now or when the gate opens. */
    void offer(ChannelEvent event) {
        offer(event, () -> {});
    }

    /**
     * Shows the event, now or when the gate opens. Beyond {@value #MAX_HELD} the oldest are never shown.
     *
     * @param whenShown called after that, and only then
     */
    synchronized void offer(ChannelEvent event, Runnable whenShown) {
        if (open) {
            show(new Held(event, whenShown));
            return;
        }
        if (held.size() == MAX_HELD) {
            held.removeFirst();
            log.warn("the host is not ready: an event is not shown; messages are in: claudemesh inbox");
        }
        held.add(new Held(event, whenShown));
    }

    /** From now on events are shown as they come, after those that were held. */
    synchronized void open() {
        open = true;
        while (!held.isEmpty()) {
            show(held.removeFirst());
        }
    }

    private void show(Held next) {
        if (out.write(next.event().notification())) {
            next.whenShown().run();
        }
    }
}
