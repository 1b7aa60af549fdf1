package com.claudemesh.messaging;

import com.claudemesh.platform.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open fan-outs of this node. A multicast message to many connected members would cost a row insert and a row change
 * per recipient; here it costs one row and about one change. What cannot be handed out at once becomes an ordinary
 * delivery, so everything that is slow, away or busy is handled in one way.
 *
 * <p>{@link #insert} and {@link #opened} belong to the thread that stores messages, everything else to the one that writes
 * marks; a mark comes after its fan-out was opened. Everything may be called again with the same arguments after a commit
 * that failed.
 */
final class Fanouts {
    /** Below this many recipients rows are as cheap. */
    static final int MIN_RECIPIENTS = 4;
    /** Every copy is settled or moved within its claim; only a dead node leaves a fan-out open longer. */
    private static final int CLAIMS_UNTIL_TAKEN_OVER = 10;

    private static final long UNFINISHED_FLUSH_NANOS = 1_000_000_000L;

    private final FanoutStore store;
    private final long claimMillis;
    private final Map<Long, Fanout> open = new ConcurrentHashMap<>();
    private final Set<Fanout> changed = new LinkedHashSet<>();
    private final Set<Fanout> written = new LinkedHashSet<>();
    private long flushedNanos = System.nanoTime();

    Fanouts(FanoutStore store, long claimMillis) {
        this.store = store;
        this.claimMillis = claimMillis;
    }

    void insert(Pipeline pipeline, List<FanoutStore.NewFanout> fanouts, Instant now) {
        if (!fanouts.isEmpty()) {
            store.insert(pipeline, fanouts, now, now.plusMillis(CLAIMS_UNTIL_TAKEN_OVER * claimMillis));
        }
    }

    /** The fan-out is on disk. */
    void opened(FanoutStore.NewFanout fanout) {
        open.putIfAbsent(fanout.seq(), new Fanout(fanout.seq(), fanout.memberIds()));
    }

    /** Applies the marks that belong to fan-outs and returns the others. */
    List<Mark> apply(Pipeline pipeline, List<Mark> marks, Instant now) {
        if (open.isEmpty()) {
            return marks;
        }
        List<Mark> others = new ArrayList<>(marks.size());
        List<Mark> moved = new ArrayList<>();
        for (Mark mark : marks) {
            Fanout fanout = open.get(mark.seq());
            if (fanout == null) {
                others.add(mark);
                continue;
            }
            if (fanout.apply(mark)) {
                changed.add(fanout);
            }
            if (mark.kind() == Mark.Kind.RELEASED || mark.kind() == Mark.Kind.FAILED) {
                moved.add(mark);
            }
        }
        if (!moved.isEmpty()) {
            store.move(pipeline, moved);
        }
        write(pipeline, now, !moved.isEmpty());
        return others;
    }

    /** Finished fan-outs are written at once, others once a second, and all of them with a copy that moves. */
    private void write(Pipeline pipeline, Instant now, boolean everything) {
        boolean flush = everything || flushDue();
        written.clear();
        for (Fanout fanout : changed) {
            if (flush || fanout.open() == 0) {
                written.add(fanout);
            }
        }
        if (!written.isEmpty()) {
            store.update(pipeline, written, now);
        }
        if (flush) {
            flushedNanos = System.nanoTime();
        }
    }

    /** Whether unfinished fan-outs should be written now even if no mark calls for it. */
    boolean flushDue() {
        return !changed.isEmpty() && System.nanoTime() - flushedNanos >= UNFINISHED_FLUSH_NANOS;
    }

    /** What was written since is on disk. */
    void committed() {
        for (Fanout fanout : written) {
            changed.remove(fanout);
            if (fanout.open() == 0) {
                open.remove(fanout.seq());
            }
        }
        written.clear();
    }

    int size() {
        return open.size();
    }
}
