package com.claudemesh.web.v1.stream;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one reader: bounded, written when the connection is ready, by whichever thread finds it so.
 * Safe for any thread, never blocks.
 */
final class StreamOutput {
    private final StreamSink sink;
    private final Executor writers;
    private final int maxBytes;
    private final Runnable roomAgain;
    private final Runnable gone;

    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean scheduled;
    private boolean finishing;
    private long written;

    private final Object writing = new Object();
    private boolean open;
    private boolean closed;
    private boolean unflushed;

    /**
     * @param maxBytes what may wait
     * @param roomAgain run when the queue has become empty
     * @param gone run once when it is closed, for whatever reason
     */
    StreamOutput(StreamSink sink, Executor writers, int maxBytes, Runnable roomAgain, Runnable gone) {
        this.sink = sink;
        this.writers = writers;
        this.maxBytes = maxBytes;
        this.roomAgain = roomAgain;
        this.gone = gone;
    }

    /** Queues an event; false when it does not fit, or nothing more is taken. One event fits always into an empty queue. */
    boolean offer(byte[] event) {
        synchronized (waiting) {
            if (finishing || !waiting.isEmpty() && waitingBytes + event.length > maxBytes) {
                return false;
            }
            waiting.add(event);
            waitingBytes += event.length;
            if (scheduled) {
                return true;
            }
            scheduled = true;
        }
        writers.execute(this::drain);
        return true;
    }

    /** Takes nothing more, and closes when all that waits is written. */
    void finish() {
        synchronized (waiting) {
            finishing = true;
            scheduled = true;
        }
        writers.execute(this::drain);
    }

    /** Closes now; what waits is lost. */
    void abort() {
        end(sink::close);
    }

    /** As {@link #abort}, and ends the connection of a reader that does not read. */
    void drop() {
        end(sink::drop);
    }

    private void end(Runnable how) {
        synchronized (waiting) {
            finishing = true;
            waiting.clear();
            waitingBytes = 0;
        }
        synchronized (writing) {
            close(how);
        }
    }

    boolean isConnected() {
        return sink.isConnected();
    }

    /** How many events were handed to the connection; grows as long as the reader reads. */
    long written() {
        synchronized (waiting) {
            return written;
        }
    }

    boolean isEmpty() {
        synchronized (waiting) {
            return waiting.isEmpty();
        }
    }

    /** The connection can be written to: for the first time, or again. */
    void ready() {
        synchronized (writing) {
            open = true;
        }
        drain();
    }

    private void drain() {
        boolean emptied;
        synchronized (writing) {
            try {
                emptied = writeWhatFits();
            } catch (IOException | RuntimeException e) {
                // The reader is gone, which is how most streams end.
                close(sink::close);
                return;
            }
        }
        if (emptied) {
            roomAgain.run();
        }
    }

    /** True when nothing waits any more. */
    private boolean writeWhatFits() throws IOException {
        if (!open || closed) {
            return false;
        }
        while (sink.isReady()) {
            byte[] next = poll();
            if (next != null) {
                sink.write(next);
                unflushed = true;
            } else if (unflushed) {
                sink.flush();
                unflushed = false;
            } else {
                return endIfFinished();
            }
        }
        return false;
    }

    private byte @Nullable [] poll() {
        synchronized (waiting) {
            byte[] next = waiting.poll();
            if (next == null) {
                scheduled = false;
            } else {
                waitingBytes -= next.length;
                written++;
            }
            return next;
        }
    }

    private boolean endIfFinished() {
        boolean finished;
        synchronized (waiting) {
            finished = finishing;
        }
        if (finished) {
            close(sink::close);
        }
        return !finished;
    }

    private void close(Runnable how) {
        if (!closed) {
            closed = true;
            how.run();
            gone.run();
        }
    }
}
