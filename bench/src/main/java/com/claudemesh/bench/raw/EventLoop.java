package com.claudemesh.bench.raw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One thread with one selector that serves any number of {@link RawSocket}s. What is written during one round leaves in
 * one system call per socket at its end. {@link #execute} and {@link #connect} may be called by any thread.
 */
public final class EventLoop implements AutoCloseable {
    private static final int TRANSFER_BYTES = 1 << 18;

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Deque<RawSocket> unwritten = new ArrayDeque<>();
    private final ByteBuffer transfer = ByteBuffer.allocateDirect(TRANSFER_BYTES);
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile boolean closed;

    public EventLoop(String name) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs short work on the loop's thread. */
    public void execute(Runnable task) {
        tasks.add(task);
        if (Thread.currentThread() != thread && woken.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    /** Starts to open a socket; the handler learns how it went. */
    public RawSocket connect(InetSocketAddress address, String path, RawSocket.Handler handler) {
        return connect(address, path, 0, handler);
    }

    /** @param receiveBufferBytes what the kernel may keep for a client that does not read; 0 leaves it to the kernel */
    RawSocket connect(InetSocketAddress address, String path, int receiveBufferBytes, RawSocket.Handler handler) {
        RawSocket socket = new RawSocket(this, address, path, receiveBufferBytes, handler);
        execute(() -> socket.connect(selector));
        return socket;
    }

    private void run() {
        try {
            while (!closed) {
                woken.set(false);
                if (tasks.isEmpty()) {
                    selector.select(this::ready);
                } else {
                    selector.selectNow(this::ready);
                }
                runTasks();
                flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            selector.keys().forEach(key -> ((RawSocket) key.attachment()).drop("the loop ended"));
        }
    }

    private void ready(SelectionKey key) {
        RawSocket socket = (RawSocket) key.attachment();
        transfer.clear();
        socket.ready(key, transfer);
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    void flushLater(RawSocket socket) {
        unwritten.add(socket);
    }

    private void flush() {
        for (RawSocket socket = unwritten.poll(); socket != null; socket = unwritten.poll()) {
            transfer.clear();
            socket.flush(transfer);
        }
    }

    /** Ends the thread and drops its sockets; blocks until that is done. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
            selector.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
