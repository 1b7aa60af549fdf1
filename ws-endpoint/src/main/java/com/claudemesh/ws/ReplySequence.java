package com.claudemesh.ws;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection's replies in request order although some are ready later than others. Safe for any thread.
 */
final class ReplySequence {
    private static final class Slot {
        private @Nullable String text;
        private boolean ready;
    }

    private final Consumer<String> sink;
    private final Deque<Slot> waiting = new ArrayDeque<>();

    ReplySequence(Consumer<String> sink) {
        this.sink = sink;
    }

    synchronized void now(String text) {
        if (waiting.isEmpty()) {
            sink.accept(text);
            return;
        }
        Slot slot = new Slot();
        slot.text = text;
        slot.ready = true;
        waiting.add(slot);
    }

    /** Reserves the next place for a reply that may come later; a stage that yields null leaves no reply. */
    void later(CompletionStage<@Nullable String> reply) {
        Slot slot = new Slot();
        synchronized (this) {
            waiting.add(slot);
        }
        reply.whenComplete((text, failure) -> fill(slot, text));
    }

    private synchronized void fill(Slot slot, @Nullable String text) {
        slot.text = text;
        slot.ready = true;
        while (!waiting.isEmpty() && waiting.peek().ready) {
            String next = waiting.poll().text;
            if (next != null) {
                sink.accept(next);
            }
        }
    }
}
