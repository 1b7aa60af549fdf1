package com.claudemesh.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.presence.Outbound;
import com.claudemesh.protocol.error.CloseCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final FakeSocket socket = new FakeSocket();
    private final Queue<Runnable> writers = new ArrayDeque<>();
    private final Outbox outbox = new Outbox(socket, writers::add, 100);

    @Test
    void offer_beforeOpen_waitsBehindTheOpeningFrame() {
        outbox.offer(Outbound.of("push"));
        runWriters();
        assertThat(socket.started).isEmpty();

        outbox.open("hello_ack");
        runWriters();
        socket.completeAll();
        runWriters();

        assertThat(socket.started).containsExactly("hello_ack", "push");
    }

    @Test
    void reply_beforeOpen_isWritten() {
        outbox.reply("error");
        runWriters();

        assertThat(socket.started).containsExactly("error");
    }

    @Test
    void offer_whileAWriteIsUnderWay_startsNoSecondWrite() {
        outbox.open("1");
        outbox.offer(Outbound.of("2"));
        runWriters();

        assertThat(socket.started).containsExactly("1");
    }

    @Test
    void write_completesInsideTheCall_goesOnWithoutRecursion() {
        socket.synchronous = true;
        outbox.open("first");
        for (int i = 0; i < 90; i++) {
            outbox.offer(Outbound.of("x"));
        }
        runWriters();

        assertThat(socket.started).hasSize(91);
        assertThat(outbox.queuedChars()).isZero();
    }

    @Test
    void offer_beyondTheLimit_closesWith1013AndFailsEverythingQueued() {
        List<Boolean> fates = new ArrayList<>();
        outbox.open("");
        runWriters();
        outbox.offer(new Outbound("x".repeat(60), fates::add));
        outbox.offer(new Outbound("x".repeat(60), fates::add));

        assertThat(socket.closes).containsExactly("1013 slow reader");
        assertThat(fates).containsExactly(false, false);
    }

    @Test
    void close_withFramesQueued_writesThemFirst() {
        outbox.reply("error");
        outbox.close(CloseCode.POLICY, "bad_signature");
        runWriters();
        assertThat(socket.closes).isEmpty();

        socket.completeAll();
        runWriters();

        assertThat(socket.closes).containsExactly("1008 bad_signature");
    }

    @Test
    void offer_afterClose_isRefused() {
        List<Boolean> fates = new ArrayList<>();
        outbox.open("1");
        outbox.close(CloseCode.NORMAL, "session_replaced");

        outbox.offer(new Outbound("late", fates::add));

        assertThat(fates).containsExactly(false);
    }

    @Test
    void whenUncongested_backlogShrinks_runsOnce() {
        List<String> runs = new ArrayList<>();
        outbox.open("x".repeat(60));
        outbox.whenUncongested(() -> runs.add("now"));
        assertThat(runs).isEmpty();

        runWriters();
        socket.completeAll();

        assertThat(runs).containsExactly("now");
    }

    @Test
    void write_fails_abortsAndFailsTheRest() {
        List<Boolean> fates = new ArrayList<>();
        outbox.open("1");
        outbox.offer(new Outbound("2", fates::add));
        runWriters();

        socket.pending.poll().done(false);

        assertThat(fates).containsExactly(false);
        assertThat(socket.closes).containsExactly("1001 write failed");
    }

    @Test
    void stalledNanos_writeUnderWay_growsUntilItCompletes() {
        outbox.open("1");
        runWriters();
        assertThat(outbox.stalledNanos(System.nanoTime() + 5_000)).isPositive();

        socket.completeAll();
        runWriters();

        assertThat(outbox.stalledNanos(System.nanoTime())).isZero();
    }

    private void runWriters() {
        while (!writers.isEmpty()) {
            writers.poll().run();
        }
    }

    private static final class FakeSocket implements Outbox.Socket {
        private final List<String> started = new ArrayList<>();
        private final List<String> closes = new ArrayList<>();
        private final Deque<Outbound.Completion> pending = new ArrayDeque<>();
        private boolean synchronous;

        @Override
        public void write(String text, Outbound.Completion done) {
            started.add(text);
            if (synchronous) {
                done.done(true);
            } else {
                pending.add(done);
            }
        }

        void completeAll() {
            synchronous = true;
            while (!pending.isEmpty()) {
                pending.poll().done(true);
            }
        }

        @Override
        public void close(CloseCode code, String reason) {
            closes.add(code.code() + " " + reason);
        }
    }
}
