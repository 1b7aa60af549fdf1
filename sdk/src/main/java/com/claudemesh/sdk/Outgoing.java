package com.claudemesh.sdk;

import com.claudemesh.protocol.frame.ClientAck;
import com.claudemesh.protocol.frame.FrameCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a client has to write, in the order of the calls, over any number of connections. A send is kept until it is
 * answered: what a broken connection left unanswered goes first on the next one. Safe for any thread; futures are
 * completed without its lock.
 */
final class Outgoing {
    /** Most frames that are kept, sends in flight included. */
    static final int MAX_FRAMES = 1_000;
    /** Most characters of them. */
    static final long MAX_CHARS = 32L * 1024 * 1024;
    /** Most sends that wait for the server's answer at a time. */
    static final int MAX_IN_FLIGHT = 256;
    /** As many as the server hands out without an acknowledgement. */
    static final int MAX_ACKS = 1_000;
    /** Timed-out sends are looked for at most this often. */
    private static final long EXPIRY_GRAIN_MILLIS = 20;

    private final SdkRuntime runtime;
    private final long sendTimeoutNanos;

    private final Deque<Outbound> waiting = new ArrayDeque<>();
    private final Map<String, Outbound.Message> messages = new LinkedHashMap<>();
    private final Deque<String> acks = new ArrayDeque<>();
    private @Nullable Wire wire;
    private Outbound.@Nullable Once writing;
    private boolean writeUnderWay;
    private int frames;
    private long chars;
    private int inFlight;
    private boolean expiryScheduled;
    private @Nullable MeshException refusal;
    private @Nullable CompletableFuture<Void> idle;

    Outgoing(SdkRuntime runtime, long sendTimeoutMillis) {
        this.runtime = runtime;
        this.sendTimeoutNanos = TimeUnit.MILLISECONDS.toNanos(sendTimeoutMillis);
    }

    CompletableFuture<Receipt> send(Outbound.Message message) {
        MeshException problem;
        synchronized (this) {
            problem = problem(message);
            if (problem == null) {
                message.deadlineNanos = System.nanoTime() + sendTimeoutNanos;
                messages.put(message.id, message);
                add(message);
                scheduleExpiry(sendTimeoutNanos);
            }
        }
        if (problem != null) {
            message.receipt.completeExceptionally(problem);
        } else {
            kick();
        }
        return message.receipt;
    }

    CompletableFuture<Void> write(Outbound.Once frame) {
        MeshException problem;
        synchronized (this) {
            problem = problem(frame);
            if (problem == null) {
                add(frame);
            }
        }
        if (problem != null) {
            frame.written.completeExceptionally(problem);
        } else {
            kick();
        }
        return frame.written;
    }

    private @Nullable MeshException problem(Outbound item) {
        if (refusal != null) {
            return refusal;
        }
        boolean fits = frames < MAX_FRAMES && chars + item.text.length() <= MAX_CHARS;
        return fits || item.text.isEmpty()
                ? null
                : new MeshException.NotConnected("too much is waiting to be sent: " + frames + " frames");
    }

    private void add(Outbound item) {
        waiting.add(item);
        frames++;
        chars += item.text.length();
    }

    private void remove(Outbound item) {
        item.settled = true;
        frames--;
        chars -= item.text.length();
    }

    /** Confirms a message to the server as soon as there is a connection. The oldest gives way when there are too many. */
    void acknowledge(String messageId) {
        synchronized (this) {
            if (acks.size() >= MAX_ACKS) {
                acks.poll();
            }
            acks.add(messageId);
        }
        kick();
    }

    private void kick() {
        Wire current;
        synchronized (this) {
            current = wire;
        }
        if (current != null) {
            current.kick();
        }
    }

    /** From now on everything is written to this wire; to be kicked by the caller. */
    synchronized void attach(Wire fresh) {
        wire = fresh;
    }

    /** The connection is gone: unanswered sends go back to the front, in order. */
    void detach() {
        Outbound.Once lost;
        synchronized (this) {
            wire = null;
            List<Outbound.Message> unanswered = messages.values().stream()
                    .filter(message -> message.inFlight)
                    .toList();
            for (int i = unanswered.size() - 1; i >= 0; i--) {
                unanswered.get(i).inFlight = false;
                waiting.addFirst(unanswered.get(i));
            }
            inFlight = 0;
            lost = writing;
            writing = null;
            writeUnderWay = false;
        }
        if (lost != null) {
            lost.written.completeExceptionally(
                    new MeshException.ConnectionLost("the connection broke while the frame was written"));
        }
    }

    /** The next text for this wire; asked for when the previous one has been written. */
    @Nullable
    String next(Wire asking) {
        List<Outbound.Once> written = new ArrayList<>(1);
        String ack = null;
        Outbound next = null;
        CompletableFuture<Void> nowIdle;
        synchronized (this) {
            if (asking != wire) {
                return null;
            }
            if (writing != null) {
                written.add(writing);
                writing = null;
            }
            ack = acks.poll();
            if (ack == null) {
                next = take(written);
            }
            writeUnderWay = ack != null || next != null;
            nowIdle = idleReached();
        }
        written.forEach(frame -> frame.written.complete(null));
        completeIdle(nowIdle);
        if (ack != null) {
            return FrameCodec.encode(new ClientAck(null, ack));
        }
        return next == null ? null : next.text;
    }

    private @Nullable Outbound take(List<Outbound.Once> written) {
        while (true) {
            Outbound item = waiting.peek();
            if (item instanceof Outbound.Message message && !message.settled) {
                if (inFlight >= MAX_IN_FLIGHT) {
                    return null;
                }
                inFlight++;
                message.inFlight = true;
                return waiting.poll();
            }
            waiting.poll();
            if (item == null) {
                return null;
            }
            if (item instanceof Outbound.Once once) {
                remove(once);
                if (!once.text.isEmpty()) {
                    once.onTaken.run();
                    writing = once;
                    return once;
                }
                written.add(once);
            }
        }
    }

    /** Answers a send; false when none of that id waits. */
    boolean answer(String id, Receipt receipt) {
        Outbound.Message message;
        CompletableFuture<Void> nowIdle;
        boolean full;
        synchronized (this) {
            message = messages.remove(id);
            if (message == null) {
                return false;
            }
            full = inFlight >= MAX_IN_FLIGHT;
            settle(message);
            nowIdle = idleReached();
        }
        message.receipt.complete(receipt);
        completeIdle(nowIdle);
        if (full) {
            kick();
        }
        return true;
    }

    private void settle(Outbound.Message message) {
        remove(message);
        if (message.inFlight) {
            message.inFlight = false;
            inFlight--;
        }
    }

    private void scheduleExpiry(long delayNanos) {
        if (!expiryScheduled) {
            expiryScheduled = true;
            long delayMillis = TimeUnit.NANOSECONDS.toMillis(delayNanos);
            runtime.after(Math.max(delayMillis, EXPIRY_GRAIN_MILLIS), this::expire);
        }
    }

    private void expire() {
        List<Outbound.Message> late = new ArrayList<>();
        CompletableFuture<Void> nowIdle;
        synchronized (this) {
            expiryScheduled = false;
            long now = System.nanoTime();
            Iterator<Outbound.Message> oldestFirst = messages.values().iterator();
            while (oldestFirst.hasNext()) {
                Outbound.Message message = oldestFirst.next();
                if (message.deadlineNanos - now > 0) {
                    scheduleExpiry(message.deadlineNanos - now);
                    break;
                }
                oldestFirst.remove();
                settle(message);
                late.add(message);
            }
            waiting.removeIf(item -> item.settled);
            nowIdle = idleReached();
        }
        late.forEach(message -> message.receipt.completeExceptionally(
                new MeshException.TimedOut("no answer in " + TimeUnit.NANOSECONDS.toMillis(sendTimeoutNanos) + " ms")));
        completeIdle(nowIdle);
        kick();
    }

    /** Nothing new is taken from now on. */
    synchronized void refuse(MeshException reason) {
        if (refusal == null) {
            refusal = reason;
        }
    }

    /** Completes when everything taken so far is written and answered. */
    CompletableFuture<Void> idle() {
        CompletableFuture<Void> done;
        CompletableFuture<Void> nowIdle;
        synchronized (this) {
            if (idle == null) {
                idle = new CompletableFuture<>();
            }
            done = idle;
            nowIdle = idleReached();
        }
        completeIdle(nowIdle);
        return done;
    }

    private @Nullable CompletableFuture<Void> idleReached() {
        return idle != null && frames == 0 && !writeUnderWay && acks.isEmpty() ? idle : null;
    }

    private static void completeIdle(@Nullable CompletableFuture<Void> reached) {
        if (reached != null) {
            reached.complete(null);
        }
    }

    /** There will be no connection any more: everything that waits fails, and so does everything that comes. */
    void fail(MeshException reason) {
        List<Outbound> lost;
        CompletableFuture<Void> nowIdle;
        synchronized (this) {
            refusal = reason;
            wire = null;
            lost = new ArrayList<>(messages.values());
            waiting.stream().filter(Outbound.Once.class::isInstance).forEach(lost::add);
            if (writing != null) {
                lost.add(writing);
            }
            messages.clear();
            waiting.clear();
            acks.clear();
            writing = null;
            writeUnderWay = false;
            frames = 0;
            chars = 0;
            inFlight = 0;
            nowIdle = idleReached();
        }
        for (Outbound item : lost) {
            future(item).completeExceptionally(reason);
        }
        completeIdle(nowIdle);
    }

    private static CompletableFuture<?> future(Outbound item) {
        return item instanceof Outbound.Message message ? message.receipt : ((Outbound.Once) item).written;
    }
}
