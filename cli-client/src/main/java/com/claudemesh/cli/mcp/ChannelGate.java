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
    private final Deque<ChannelEvent> held = new ArrayDeque<>();
    private boolean open;

    ChannelGate(JsonRpcOutput out, Diagnostics log) {
        this.out = out;
        this.log = log;
    }

    /** Shows the event, now or when the gate opens. Beyond {@value #MAX_HELD} the oldest are only in the inbox. */
    synchronized void offer(ChannelEvent event) {
        if (open) {
            out.write(event.notification());
            return;
        }
        if (held.size() == MAX_HELD) {
            held.removeFirst();
            log.warn("the host is not ready: an event is not shown; messages are in: claudemesh inbox");
        }
        held.add(event);
    }

    /** From now on events are shown as they come, after those that were held. */
    synchronized void open() {
        open = true;
        while (!held.isEmpty()) {
            out.write(held.removeFirst().notification());
        }
    }
}
