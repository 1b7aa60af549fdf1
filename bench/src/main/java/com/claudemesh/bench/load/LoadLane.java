package com.claudemesh.bench.load;

import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.sdk.IncomingMessage;
import com.claudemesh.sdk.MeshClient;
import com.claudemesh.sdk.MeshListener;
import com.claudemesh.sdk.OutgoingMessage;
import com.claudemesh.sdk.Receipt;
import java.util.BitSet;

/**
 * One sender and its receiver. The text carries the lane, the message's number and the time it was due, so that loss,
 * repetition and order show at the receiver.
 */
final class LoadLane implements MeshListener {
    private final int index;
    private final String target;
    private final LoadRun.Plan plan;
    private final LoadRun.Tally tally;
    private final String padding;
    private final BitSet seen;
    private final Object sending = new Object();
    private int next;
    MeshClient sender;
    MeshClient receiver;
    private int highest = -1;
    private long duplicates;
    private long outOfOrder;

    LoadLane(int index, String target, LoadRun.Plan plan, LoadRun.Tally tally) {
        this.index = index;
        this.target = target;
        this.plan = plan;
        this.tally = tally;
        this.padding = "x".repeat(plan.textChars());
        this.seen = new BitSet(plan.messages());
    }

    /** Sends the first window; each answer then sends one more. */
    void fillWindow() {
        for (int i = 0; i < Math.min(plan.window(), plan.messages()); i++) {
            sendNext();
        }
    }

    private void sendNext() {
        synchronized (sending) {
            if (next < plan.messages()) {
                send(System.nanoTime());
            }
        }
    }

    /** Sends the next message, of which latencies count from the given time. For one thread at a time. */
    void send(long dueNanos) {
        String head = index + ":" + next++ + ":" + dueNanos + ":";
        String text = head + padding.substring(Math.min(head.length(), padding.length()));
        sender.send(new OutgoingMessage(target, text, Priority.NOW, null)).whenComplete((receipt, failure) -> {
            tally.acks.add(System.nanoTime() - dueNanos);
            (receipt instanceof Receipt.Stored ? tally.stored : tally.refused).incrementAndGet();
            tally.outcomes.countDown();
            if (plan.perSecond() == 0) {
                sendNext();
            }
        });
    }

    @Override
    public void onMessage(IncomingMessage message) {
        long now = System.nanoTime();
        if (message.text() == null) {
            throw new IllegalStateException("undecryptable message " + message.messageId());
        }
        String[] parts = message.text().split(":", 4);
        if (record(Integer.parseInt(parts[1]))) {
            tally.delivery.add(now - Long.parseLong(parts[2]));
            tally.watch.event(now);
        }
    }

    private synchronized boolean record(int number) {
        if (seen.get(number)) {
            duplicates++;
            return false;
        }
        seen.set(number);
        if (number < highest) {
            outOfOrder++;
        }
        highest = Math.max(highest, number);
        return true;
    }

    synchronized int arrived() {
        return seen.cardinality();
    }

    synchronized long duplicates() {
        return duplicates;
    }

    synchronized long outOfOrder() {
        return outOfOrder;
    }

    void close() {
        sender.close();
        receiver.close();
    }
}
