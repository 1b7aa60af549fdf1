package com.claudemesh.ws;

import com.claudemesh.presence.Outbound;
import com.claudemesh.presence.PeerChannel;
import com.claudemesh.protocol.error.CloseCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue in front of one socket, with at most one write under way.
 *
 * <p>Until {@link #open} is called only {@link #reply} reaches the socket; everything offered meanwhile waits behind the
 * frame that opens the box, so that {@code hello_ack} is the first frame a peer gets.
 *
 * <p>Sockets are written from the given executor only, and completions run without this object's lock: a caller may hold
 * its own locks.
 */
final class Outbox implements PeerChannel {

    /** The socket as the outbox needs it. */
    interface Socket {
        /** Starts a write; {@code done} is called exactly once, possibly before this returns. */
        void write(String text, Outbound.Completion done);

        /** Closes the socket; must tolerate a socket that is closed already. */
        void close(CloseCode code, String reason);
    }

    private record Ending(CloseCode code, String reason) {}

    private final Socket socket;
    private final Executor writers;
    private final long maxChars;
    private final Deque<Outbound> queue = new ArrayDeque<>();
    private final Deque<Outbound> deferred = new ArrayDeque<>();
    private final List<Runnable> waiters = new ArrayList<>();
    private boolean opened;
    private boolean pumping;
    private boolean ended;
    private long chars;
    private long writingSinceNanos;
    private boolean writing;
    private @Nullable Ending ending;

    Outbox(Socket socket, Executor writers, long maxChars) {
        this.socket = socket;
        this.writers = writers;
        this.maxChars = maxChars;
    }

    @Override
    public void offer(Outbound frame) {
        enqueue(frame, false);
    }

    /** Queues an answer; unlike {@link #offer} it does not wait for {@link #open}. */
    void reply(String text) {
        enqueue(Outbound.of(text), true);
    }

    private void enqueue(Outbound frame, boolean answer) {
        boolean full = false;
        synchronized (this) {
            if (!ended && ending == null) {
                if (chars + frame.chars() <= maxChars) {
                    chars += frame.chars();
                    (opened || answer ? queue : deferred).add(frame);
                    schedule();
                    return;
                }
                full = true;
            }
        }
        if (full) {
            abort(CloseCode.TRY_AGAIN_LATER, "slow reader");
        }
        frame.written().done(false);
    }

    /** Lets everything through, this frame first. */
    synchronized void open(String firstFrame) {
        opened = true;
        chars += firstFrame.length();
        queue.add(Outbound.of(firstFrame));
        queue.addAll(deferred);
        deferred.clear();
        schedule();
    }

    private void schedule() {
        if (!pumping && !ended) {
            pumping = true;
            writers.execute(this::pump);
        }
    }

    /** Writes until a write is left under way, the queue is empty, or the box ends. */
    private void pump() {
        while (true) {
            Outbound next;
            Ending toClose;
            synchronized (this) {
                next = ended ? null : queue.poll();
                toClose = next == null && !ended ? ending : null;
                if (next == null) {
                    pumping = false;
                    ended |= toClose != null;
                } else {
                    writing = true;
                    writingSinceNanos = System.nanoTime();
                }
            }
            if (next == null) {
                if (toClose != null) {
                    socket.close(toClose.code(), toClose.reason());
                }
                return;
            }
            Write write = new Write(next);
            socket.write(next.text(), write);
            if (!write.completedBeforeReturn()) {
                return;
            }
        }
    }

    /** One write, which may complete on this thread inside the call or later on another. */
    private final class Write implements Outbound.Completion {
        private final Outbound frame;
        private boolean returned;
        private boolean completed;

        Write(Outbound frame) {
            this.frame = frame;
        }

        @Override
        public void done(boolean written) {
            finished(frame, written);
            synchronized (this) {
                completed = true;
                if (!returned) {
                    return;
                }
            }
            writers.execute(Outbox.this::pump);
        }

        synchronized boolean completedBeforeReturn() {
            returned = true;
            return completed;
        }
    }

    private void finished(Outbound frame, boolean written) {
        List<Runnable> ready = List.of();
        synchronized (this) {
            writing = false;
            chars -= frame.chars();
            if (!congested() && !waiters.isEmpty()) {
                ready = List.copyOf(waiters);
                waiters.clear();
            }
        }
        frame.written().done(written);
        ready.forEach(Runnable::run);
        if (!written) {
            abort(CloseCode.GOING_AWAY, "write failed");
        }
    }

    @Override
    public synchronized long queuedChars() {
        return chars;
    }

    @Override
    public synchronized boolean congested() {
        return chars > maxChars / 2;
    }

    @Override
    public void whenUncongested(Runnable action) {
        synchronized (this) {
            if (ended) {
                return;
            }
            if (congested()) {
                waiters.add(action);
                return;
            }
        }
        action.run();
    }

    @Override
    public synchronized void close(CloseCode code, String reason) {
        if (ending == null && !ended) {
            ending = new Ending(code, reason);
            schedule();
        }
    }

    @Override
    public void abort(CloseCode code, String reason) {
        if (end()) {
            socket.close(code, reason);
        }
    }

    /** The socket is gone: nothing more is written. True the first time. */
    boolean end() {
        List<Outbound> lost = new ArrayList<>();
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
            lost.addAll(queue);
            lost.addAll(deferred);
            queue.clear();
            deferred.clear();
            waiters.clear();
        }
        lost.forEach(frame -> frame.written().done(false));
        return true;
    }

    /** How long the write under way has been waiting for the client to read; 0 without one. */
    synchronized long stalledNanos(long nowNanos) {
        return writing && !ended ? nowNanos - writingSinceNanos : 0;
    }
}
