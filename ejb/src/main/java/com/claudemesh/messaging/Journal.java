package com.claudemesh.messaging;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * The single writer: takes what is waiting, writes it in one transaction, commits, then tells everybody who waited. Group
 * commit in the sense of Gray and Reuter: one fsync for up to {@code maxRows} messages.
 *
 * <p>While the database is away the journal keeps trying; a submission that waited longer than {@code patienceMillis} is
 * failed. Marks are kept until they are written. {@link #submit} and {@link #mark} are safe for any thread and never
 * block; outcomes are called on the journal thread and must not block.
 */
final class Journal implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Journal.class.getName());
    private static final long MAX_BACKOFF_MILLIS = 500;
    /** SQLSTATE of a batch that this code, not the database, refused. */
    private static final String BAD_BATCH = "XX000";

    private static final int MAX_MARKS_PER_BATCH = 5_000;

    private final DataSource database;
    private final MessageStore store;
    private final Clock clock;
    private final JournalSettings settings;
    private final BlockingQueue<Submission> submissions;
    private final MarkBuffer marks;
    private final Fanouts fanouts;
    private final Extension extension;
    private final Semaphore work = new Semaphore(0);
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final Thread writer;

    /** What else belongs to a commit. Called on the journal thread. */
    interface Extension {
        /**
         * Adds the last statements of the transaction that stores these messages; none was stored before.
         *
         * @return what is to be done once it is committed; must not block
         */
        Runnable storing(Connection connection, List<Message> messages) throws SQLException;

        /** These changes are on disk. Must not block. */
        void marked(List<Mark> marks);
    }

    Journal(
            DataSource database,
            MessageStore store,
            FanoutStore fanoutStore,
            Clock clock,
            JournalSettings settings,
            Extension extension,
            ThreadFactory threads) {
        this.database = database;
        this.store = store;
        this.clock = clock;
        this.settings = settings;
        this.fanouts = new Fanouts(fanoutStore, settings.claimMillis());
        this.extension = extension;
        this.submissions = new ArrayBlockingQueue<>(settings.maxWaiting());
        this.marks = new MarkBuffer(TimeUnit.MILLISECONDS.toNanos(settings.markLingerMillis()));
        this.writer = threads.newThread(this::run);
    }

    void start() {
        writer.start();
    }

    /** Queues a submission; false when too many are waiting or the journal is closed. */
    boolean submit(Submission submission) {
        boolean accepted = open.get() && submissions.offer(submission);
        if (accepted) {
            wake();
        }
        return accepted;
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
        if (!open.compareAndSet(true, false)) {
            return;
        }
        work.release();
        try {
            writer.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (writer.isAlive()) {
            writer.interrupt();
        }
    }

    private void run() {
        while (open.get() || !submissions.isEmpty() || !marks.isEmpty()) {
            try {
                awaitWork();
                Batch batch = takeBatch();
                if (!batch.isEmpty() || fanouts.flushDue()) {
                    write(batch);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "event=journal_failed", e);
            }
        }
    }

    /** Returns when there is something to write, or at the latest after a second. */
    private void awaitWork() throws InterruptedException {
        long waitNanos = Math.min(TimeUnit.SECONDS.toNanos(1), marks.dueInNanos(System.nanoTime()));
        if (submissions.isEmpty() && waitNanos > 0 && open.get()) {
            work.tryAcquire(waitNanos, TimeUnit.NANOSECONDS);
        }
        work.drainPermits();
    }

    private record Batch(List<Submission> submissions, List<Mark> marks) {
        boolean isEmpty() {
            return submissions.isEmpty() && marks.isEmpty();
        }
    }

    private Batch takeBatch() throws InterruptedException {
        List<Submission> taken = new ArrayList<>();
        int rows = drain(taken, 0);
        if (rows > 0 && rows < settings.maxRows() / 4 && settings.lingerMicros() > 0) {
            Submission late = submissions.poll(settings.lingerMicros(), TimeUnit.MICROSECONDS);
            if (late != null) {
                taken.add(late);
                drain(taken, rows + late.copies().size());
            }
        }
        return new Batch(taken, marks.take(System.nanoTime(), MAX_MARKS_PER_BATCH, !open.get()));
    }

    private int drain(List<Submission> into, int rowsSoFar) {
        int rows = rowsSoFar;
        while (rows < settings.maxRows()) {
            Submission next = submissions.poll();
            if (next == null) {
                break;
            }
            into.add(next);
            rows += Math.max(1, next.copies().size());
        }
        return rows;
    }

    private void write(Batch batch) throws InterruptedException {
        List<Submission> waiting = batch.submissions();
        long backoffMillis = 10;
        while (true) {
            try {
                Written written = commit(waiting, batch.marks());
                waiting.forEach(submission -> settle(
                        submission, written.messages().get(submission.message().id())));
                batch.marks().forEach(mark -> mark.done().run());
                extension.marked(batch.marks());
                return;
            } catch (SQLException e) {
                if (!isTransient(e)) {
                    writeOneByOne(waiting, batch.marks(), e);
                    return;
                }
                LOG.log(Level.WARNING, "event=journal_retry waiting=" + waiting.size() + " cause=" + e.getMessage());
                waiting = giveUpOnOld(waiting);
                if (waiting.isEmpty() && !open.get()) {
                    return;
                }
                Thread.sleep(backoffMillis);
                backoffMillis = Math.min(MAX_BACKOFF_MILLIS, backoffMillis * 2);
            }
        }
    }

    private List<Submission> giveUpOnOld(List<Submission> waiting) {
        long now = System.nanoTime();
        List<Submission> young = new ArrayList<>();
        for (Submission submission : waiting) {
            if (now - submission.submittedNanos() > TimeUnit.MILLISECONDS.toNanos(settings.patienceMillis())) {
                submission.outcome().failed("storage unavailable: the message may not have been stored; send it again");
            } else {
                young.add(submission);
            }
        }
        return young;
    }

    /** One bad row must not take its neighbours down: each is written in a transaction of its own. */
    private void writeOneByOne(List<Submission> waiting, List<Mark> changes, SQLException cause)
            throws InterruptedException {
        if (waiting.size() + changes.size() <= 1) {
            LOG.log(Level.ERROR, "event=journal_row_refused", cause);
            waiting.forEach(submission -> submission.outcome().failed("internal error: the message was not stored"));
            changes.forEach(mark -> mark.done().run());
            return;
        }
        for (Submission submission : waiting) {
            write(new Batch(List.of(submission), List.of()));
        }
        for (Mark mark : changes) {
            write(new Batch(List.of(), List.of(mark)));
        }
    }

    /** What a committed batch left behind. */
    private record Written(
            Map<String, MessageStore.Inserted> messages, List<FanoutStore.NewFanout> fanouts, List<Message> fresh) {
        static final Written NOTHING = new Written(Map.of(), List.of(), List.of());
    }

    private Written commit(List<Submission> batch, List<Mark> changes) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                findRowsByKey(connection);
                Written written = batch.isEmpty() ? Written.NOTHING : insert(connection, batch);
                apply(connection, changes);
                Runnable afterCommit =
                        written.fresh().isEmpty() ? () -> {} : extension.storing(connection, written.fresh());
                connection.commit();
                afterCommit.run();
                fanouts.committed();
                written.fanouts().forEach(fanouts::opened);
                return written;
            } catch (SQLException e) {
                rollback(connection, e);
                throw e;
            } catch (RuntimeException e) {
                rollback(connection, e);
                throw new SQLException("the batch cannot be written", BAD_BATCH, e);
            }
        }
    }

    /**
     * Rows are many, batches are small, and plans are kept: one that was made while a table was small, or by the
     * statistics of an idle server, must not read a table that has grown since.
     */
    private static void findRowsByKey(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off;"
                    + " SET LOCAL enable_mergejoin = off");
        }
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException | RuntimeException e) {
            // Payara's pool answers with an unchecked exception when the connection is dead already.
            cause.addSuppressed(e);
        }
    }

    private Written insert(Connection connection, List<Submission> batch) throws SQLException {
        Map<String, MessageStore.Inserted> inserted = store.insertMessages(
                connection, batch.stream().map(Submission::message).toList());
        List<MessageStore.NewDelivery> rows = new ArrayList<>();
        List<FanoutStore.NewFanout> newFanouts = new ArrayList<>();
        List<Message> fresh = new ArrayList<>(batch.size());
        for (Submission submission : batch) {
            MessageStore.Inserted outcome = inserted.get(submission.message().id());
            if (outcome instanceof MessageStore.Inserted.Fresh stored) {
                fresh.add(submission.message());
                fanout(stored.seq(), submission).ifPresent(newFanouts::add);
                rows.addAll(rows(stored.seq(), submission));
            } else if (outcome instanceof MessageStore.Inserted.AlreadyStored stored) {
                fanout(stored.seq(), submission).ifPresent(newFanouts::add);
            }
        }
        Instant now = clock.instant();
        if (!rows.isEmpty()) {
            store.insertDeliveries(connection, rows, now.plusMillis(settings.claimMillis()));
        }
        fanouts.insert(connection, newFanouts, now);
        return new Written(inserted, newFanouts, fresh);
    }

    private static List<MessageStore.NewDelivery> rows(long seq, Submission submission) {
        boolean claimedAreElsewhere = submission.isFanout();
        return submission.copies().stream()
                .filter(copy -> !(copy.claimed() && claimedAreElsewhere))
                .map(copy -> new MessageStore.NewDelivery(
                        seq, copy.recipient(), submission.message().priority(), copy.claimed()))
                .toList();
    }

    private static Optional<FanoutStore.NewFanout> fanout(long seq, Submission submission) {
        if (!submission.isFanout()) {
            return Optional.empty();
        }
        return Optional.of(new FanoutStore.NewFanout(
                seq,
                submission.copies().stream()
                        .filter(Submission.Copy::claimed)
                        .map(copy -> copy.recipient().memberId())
                        .toList()));
    }

    private void apply(Connection connection, List<Mark> changes) throws SQLException {
        Instant now = clock.instant();
        Map<Mark.Kind, List<Mark>> byKind = new EnumMap<>(Mark.Kind.class);
        fanouts.apply(connection, changes, now)
                .forEach(mark -> byKind.computeIfAbsent(mark.kind(), kind -> new ArrayList<>())
                        .add(mark));
        for (Map.Entry<Mark.Kind, List<Mark>> group : byKind.entrySet()) {
            store.mark(connection, group.getKey(), group.getValue(), now);
        }
    }

    private static void settle(Submission submission, MessageStore.Inserted inserted) {
        if (inserted instanceof MessageStore.Inserted.Fresh fresh) {
            submission.outcome().stored(fresh.seq());
        } else if (inserted instanceof MessageStore.Inserted.AlreadyStored stored) {
            submission.outcome().stored(stored.seq());
        } else if (inserted instanceof MessageStore.Inserted.Duplicate duplicate) {
            String fingerprint = submission.message().extras().requestFingerprint();
            boolean same = fingerprint == null
                    || duplicate.fingerprint() == null
                    || fingerprint.equals(duplicate.fingerprint());
            submission.outcome().duplicate(duplicate.firstMessageId(), same);
        } else {
            submission.outcome().failed("internal error: the message was not stored");
        }
    }

    /**
     * Whether trying again can help: connection trouble (class 08, or no state from the pool), shutdown and recovery
     * (57P), resources (53), serialization and deadlock (40). SQLSTATE classes as in the PostgreSQL manual, appendix A.
     */
    private static boolean isTransient(SQLException e) {
        String state = e.getSQLState();
        return state == null
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53")
                || state.startsWith("40");
    }
}
