package com.claudemesh.messaging;

import com.claudemesh.platform.Pipeline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Writes what became of copies that are on disk: sent, received, released, failed. Many marks are one statement and one
 * commit, beside the commits of {@link Journal} and never in their way: they touch other rows.
 *
 * <p>Marks are kept until they are written, however long the database is away. {@link #mark} is safe for any thread and
 * never blocks; what waits for a mark is called on this journal's thread and must not block.
 */
final class MarkJournal implements AutoCloseable {
    private static final Logger LOG = System.getLogger(MarkJournal.class.getName());
    private static final int MAX_MARKS_PER_BATCH = 5_000;
    private static final long MAX_IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final JournalConnection connections;
    private final MessageStore store;
    private final Fanouts fanouts;
    private final Clock clock;
    private final MarkBuffer marks;
    private final Consumer<List<Mark>> written;
    private final Semaphore work = new Semaphore(0);
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final Thread writer;

    /**
     * @param lingerMillis how long a mark that nobody waits for may wait for company
     * @param written told of marks that are on disk
     */
    MarkJournal(
            DataSource database,
            MessageStore store,
            Fanouts fanouts,
            Clock clock,
            long lingerMillis,
            Consumer<List<Mark>> written,
            ThreadFactory threads) {
        this.connections = new JournalConnection(database);
        this.store = store;
        this.fanouts = fanouts;
        this.clock = clock;
        this.marks = new MarkBuffer(TimeUnit.MILLISECONDS.toNanos(lingerMillis));
        this.written = written;
        this.writer = threads.newThread(this::run);
    }

    void start() {
        writer.start();
    }

    void mark(Mark mark) {
        if (marks.add(mark, System.nanoTime())) {
            wake();
        }
    }

    private void wake() {
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    /** Writes what is waiting, then stops. Waits up to five seconds. */
    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            work.release();
            Writers.join(writer);
        }
    }

    private void run() {
        try {
            while (open.get() || !marks.isEmpty()) {
                writeNext();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.release();
        }
    }

    private void writeNext() throws InterruptedException {
        try {
            awaitWork();
            List<Mark> batch = marks.take(System.nanoTime(), MAX_MARKS_PER_BATCH, !open.get());
            if (!batch.isEmpty() || fanouts.flushDue()) {
                write(batch);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "event=marks_failed", e);
        }
    }

    /** Returns when there is something to write, or at the latest after a second. */
    private void awaitWork() throws InterruptedException {
        long waitNanos = Math.min(MAX_IDLE_NANOS, marks.dueInNanos(System.nanoTime()));
        if (waitNanos > 0 && open.get()) {
            work.tryAcquire(waitNanos, TimeUnit.NANOSECONDS);
        }
        work.drainPermits();
    }

    private void write(List<Mark> batch) throws InterruptedException {
        Writers.Backoff backoff = new Writers.Backoff();
        while (true) {
            try {
                commit(batch);
                batch.forEach(mark -> mark.done().run());
                written.accept(batch);
                return;
            } catch (SQLException e) {
                if (!Writers.isTransient(e)) {
                    writeOneByOne(batch, e);
                    return;
                }
                LOG.log(Level.WARNING, "event=marks_retry waiting=" + batch.size() + " cause=" + e.getMessage());
                if (!open.get()) {
                    return;
                }
                backoff.sleep();
            }
        }
    }

    /** One bad mark must not take its neighbours down: each is written in a transaction of its own. */
    private void writeOneByOne(List<Mark> batch, SQLException cause) throws InterruptedException {
        if (batch.size() <= 1) {
            LOG.log(Level.ERROR, "event=mark_refused", cause);
            batch.forEach(mark -> mark.done().run());
            return;
        }
        for (Mark mark : batch) {
            write(List.of(mark));
        }
    }

    private void commit(List<Mark> batch) throws SQLException {
        try {
            Connection connection = connections.get();
            Instant now = clock.instant();
            Map<Mark.Kind, List<Mark>> byKind = new EnumMap<>(Mark.Kind.class);
            Pipeline rows = new Pipeline();
            fanouts.apply(rows, batch, now)
                    .forEach(mark -> byKind.computeIfAbsent(mark.kind(), kind -> new ArrayList<>())
                            .add(mark));
            byKind.forEach((kind, marksOfKind) -> store.mark(rows, kind, marksOfKind, now));
            rows.runAndCommit(connection);
            fanouts.committed();
        } catch (SQLException e) {
            connections.release();
            throw e;
        } catch (RuntimeException e) {
            connections.release();
            throw new SQLException("the marks cannot be written", Writers.BAD_BATCH, e);
        }
    }
}
