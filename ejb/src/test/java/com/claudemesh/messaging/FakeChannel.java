package com.claudemesh.messaging;

import com.claudemesh.presence.Outbound;
import com.claudemesh.presence.PeerChannel;
import com.claudemesh.protocol.error.CloseCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A connection whose writes the test completes. */
final class FakeChannel implements PeerChannel {
    private final List<Long> offered = new ArrayList<>();
    private final Deque<Outbound> unwritten = new ArrayDeque<>();
    private final Deque<Long> written = new ArrayDeque<>();
    private final List<Runnable> waiters = new ArrayList<>();
    boolean congested;
    private boolean broken;

    List<Long> seqs() {
        return offered;
    }

    @Override
    public void offer(Outbound frame) {
        offered.add(Long.parseLong(frame.text()));
        if (broken) {
            frame.written().done(false);
        } else {
            unwritten.add(frame);
        }
    }

    void writeAll() {
        while (!unwritten.isEmpty()) {
            Outbound next = unwritten.poll();
            written.add(Long.parseLong(next.text()));
            next.written().done(true);
        }
    }

    Long takeWritten() {
        return written.poll();
    }

    /** Everything but the write under way is given up at once, as by a connection that is cut off. */
    Outbound cutOff() {
        Outbound underWay = unwritten.poll();
        breakOff();
        return underWay;
    }

    void breakOff() {
        broken = true;
        while (!unwritten.isEmpty()) {
            unwritten.poll().written().done(false);
        }
    }

    void relieve() {
        congested = false;
        List.copyOf(waiters).forEach(Runnable::run);
    }

    @Override
    public long queuedChars() {
        return unwritten.size();
    }

    @Override
    public boolean congested() {
        return congested;
    }

    @Override
    public void whenUncongested(Runnable action) {
        if (congested) {
            waiters.add(action);
        } else {
            action.run();
        }
    }

    @Override
    public void close(CloseCode code, String reason) {
        broken = true;
    }

    @Override
    public void abort(CloseCode code, String reason) {
        broken = true;
    }
}
