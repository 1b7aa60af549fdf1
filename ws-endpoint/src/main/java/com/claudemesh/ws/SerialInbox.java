package com.claudemesh.ws;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/**
 * A bounded queue of work for one connection, run one at a time and in order on a shared executor. After a few items it
 * goes to the back of the executor's queue, so that a busy connection does not starve the others.
 */
final class SerialInbox {
    private static final Logger LOG = System.getLogger(SerialInbox.class.getName());
    private static final int ITEMS_PER_TURN = 32;

    private record Item(Runnable work, long weight) {}

    private final Executor workers;
    private final int maxItems;
    private final long maxWeight;
    private final Deque<Item> queue = new ArrayDeque<>();
    private long weight;
    private boolean running;

    SerialInbox(Executor workers, int maxItems, long maxWeight) {
        this.workers = workers;
        this.maxItems = maxItems;
        this.maxWeight = maxWeight;
    }

    /** Queues work; false when the inbox holds as many items or as much weight as it may. */
    synchronized boolean offer(Runnable work, long itemWeight) {
        if (queue.size() >= maxItems || weight + itemWeight > maxWeight) {
            return false;
        }
        add(work, itemWeight);
        return true;
    }

    /** Queues the connection's last work, whatever the limits say. */
    synchronized void offerLast(Runnable work) {
        add(work, 0);
    }

    private void add(Runnable work, long itemWeight) {
        queue.add(new Item(work, itemWeight));
        weight += itemWeight;
        if (!running) {
            running = true;
            workers.execute(this::turn);
        }
    }

    private void turn() {
        for (int i = 0; i < ITEMS_PER_TURN; i++) {
            Item item;
            synchronized (this) {
                item = queue.poll();
                if (item == null) {
                    running = false;
                    return;
                }
                weight -= item.weight();
            }
            run(item.work());
        }
        workers.execute(this::turn);
    }

    /** One failed item must not leave the others waiting for ever. */
    private static void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "event=connection_work_failed", e);
        }
    }
}
