package com.claudemesh.sdk;

import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.Push;
import com.claudemesh.protocol.frame.ServerFrame;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Remembers what a listener is told, in order. */
class Recorder implements MeshListener {
    record Retry(MeshException reason, long waitMillis) {}

    record Terminal(int closeCode, String reason) {}

    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

    @Override
    public void onMessage(IncomingMessage message) {
        events.add(message);
    }

    @Override
    public void onSystem(Push event) {
        events.add(event);
    }

    @Override
    public void onFrame(ServerFrame frame) {
        events.add(frame);
    }

    @Override
    public void onOnline(HelloAck answer) {
        events.add(answer);
    }

    @Override
    public void onStateChange(ConnectionState state) {
        events.add(state);
    }

    @Override
    public void onRetry(MeshException reason, long waitMillis) {
        events.add(new Retry(reason, waitMillis));
    }

    @Override
    public void onTerminal(int closeCode, String reason) {
        events.add(new Terminal(closeCode, reason));
    }

    /** The next event of this kind; others before it are forgotten. */
    <T> T next(Class<T> kind) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TestBroker.PATIENCE_SECONDS);
        while (true) {
            Object event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event == null) {
                throw new AssertionError("no " + kind.getSimpleName());
            }
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    /** Whether another message is reported within a while. */
    boolean hasMessage(long withinMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMillis);
        while (true) {
            Object event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event == null || event instanceof IncomingMessage) {
                return event != null;
            }
        }
    }
}
