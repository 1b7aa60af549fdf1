package com.claudemesh.messaging;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Marks on their way into the journal. Marks that nobody waits for linger a little: most copies are acknowledged within
 * that time, and one row change then says what two would have. Safe for any thread.
 */
final class MarkBuffer {
    /** Marks that a client can provoke at will are dropped beyond this backlog; the copy is then handed out again. */
    private static final int MAX_BY_ID = 50_000;

    private record Copy(long seq, String memberId) {}

    private record Waiting(Mark mark, long sinceNanos) {}

    private final long lingerNanos;
    private final Map<Copy, Waiting> lingering = new LinkedHashMap<>();
    private final List<Mark> rest = new ArrayList<>();
    private boolean urgent;
    private long restSinceNanos;

    MarkBuffer(long lingerNanos) {
        this.lingerNanos = lingerNanos;
    }

    /** Keeps a mark. True when the journal should be woken for it now. */
    synchronized boolean add(Mark mark, long nowNanos) {
        if (mark.kind() == Mark.Kind.SENT
                || mark.kind() == Mark.Kind.SENT_SETTLED
                || mark.kind() == Mark.Kind.RECEIVED) {
            Copy copy = new Copy(mark.seq(), mark.memberId());
            Waiting earlier = lingering.get(copy);
            if (earlier == null || earlier.mark().kind() == Mark.Kind.SENT) {
                lingering.put(copy, new Waiting(mark, earlier == null ? nowNanos : earlier.sinceNanos()));
            }
            return earlier == null && lingering.size() == 1 && rest.isEmpty();
        }
        if (mark.kind() == Mark.Kind.RECEIVED_BY_ID && rest.size() >= MAX_BY_ID) {
            return false;
        }
        if (rest.isEmpty()) {
            restSinceNanos = nowNanos;
        }
        rest.add(mark);
        urgent |= mark.kind().urgent();
        return true;
    }

    synchronized boolean isEmpty() {
        return lingering.isEmpty() && rest.isEmpty();
    }

    /** Nanoseconds until something is due; 0 when it is, {@link Long#MAX_VALUE} when nothing waits. */
    synchronized long dueInNanos(long nowNanos) {
        if (urgent) {
            return 0;
        }
        long oldest = Long.MAX_VALUE;
        if (!rest.isEmpty()) {
            oldest = restSinceNanos;
        }
        if (!lingering.isEmpty()) {
            long first = lingering.values().iterator().next().sinceNanos();
            oldest = oldest == Long.MAX_VALUE ? first : Math.min(oldest, first);
        }
        return oldest == Long.MAX_VALUE ? oldest : Math.max(0, lingerNanos - (nowNanos - oldest));
    }

    /**
     * Takes what is due; with {@code everything}, also what may still linger. Once one that lingers is due, those that have
     * lingered half their time go with it: otherwise each commit would be followed at once by the next for what became due
     * meanwhile. At most {@code maxMarks} lingering ones.
     */
    synchronized List<Mark> take(long nowNanos, int maxMarks, boolean everything) {
        List<Mark> taken = new ArrayList<>(rest);
        rest.clear();
        urgent = false;
        long leastAge = lingerNanos;
        for (Iterator<Waiting> oldest = lingering.values().iterator(); oldest.hasNext() && taken.size() < maxMarks; ) {
            Waiting next = oldest.next();
            if (!everything && nowNanos - next.sinceNanos() < leastAge) {
                break;
            }
            leastAge = lingerNanos / 2;
            oldest.remove();
            taken.add(next.mark());
        }
        return taken;
    }
}
