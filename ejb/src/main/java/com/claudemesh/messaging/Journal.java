package com.claudemesh.messaging;

import com.claudemesh.platform.Pipeline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Writes messages: takes what is waiting, writes it in one transaction, commits, then tells everybody who waited. Group
 * commit in the sense of Gray and Reuter: one fsync for up to {@code maxRows} messages. What becomes of copies later goes
 * its own way, through {@link MarkJournal}, so that no acknowledgement waits for it.
 *
 * <p>While the database is away the journal keeps trying; a submission that waited longer than {@code patienceMillis} is
 * failed. {@link #submit} is safe for any thread and never blocks; outcomes are called on the journal thread and must not
 * block.
 */
final class Journal implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Journal.class.getName());
    private static final long MAX_IDLE_MILLIS = 1_000;
    /** Handing out so many copies that share a row takes about as long as writing one more. */
    private static final int SHARED_COPIES_PER_ROW = 16;
    /** A client that repeats itself is likely to do so again soon. */
    private static final int WARY_BATCHES = 100;

    private final JournalConnection connections;
    private final MessageStore store;
    private final Clock clock;
    private final JournalSettings settings;
    private final BlockingQueue<Submission> submissions;
    private final Fanouts fanouts;
    private final Extension extension;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final Thread writer;
    /** So many more batches are inserted as if some of their messages were stored already. Of the journal thread. */
    private int waryBatches;

    /** What else belongs to a commit. Called on the journal thread. */
    interface Extension {
        /**
         * Adds to the first round trip of a transaction that is to store these messages, some of which may turn out to be
         * stored already.
         */
        Storing storing(Pipeline first, List<Submission> batch);
    }

    /** The part of an extension that knows what was stored. */
    interface Storing {
        /**
         * Adds to the last round trip.
         *
         * @param fresh those whose messages were not stored before; not empty
         * @return what is to be done once it is committed; must not block
         */
        Runnable stored(Connection connection, Pipeline last, List<Submission> fresh) throws SQLException;
    }

    /** @param fanouts told of every multicast message that is on disk */
    Journal(
            DataSource database,
            MessageStore store,
            Fanouts fanouts,
            Clock clock,
            JournalSettings settings,
            Extension extension,
            ThreadFactory threads) {
        this.connections = new JournalConnection(database);
        this.store = store;
        this.fanouts = fanouts;
        this.clock = clock;
        this.settings = settings;
        this.extension = extension;
        this.submissions = new ArrayBlockingQueue<>(settings.maxWaiting());
        this.writer = threads.newThread(this::run);
    }

    void start() {
        writer.start();
    }

    /** Queues a submission; false when too many are waiting or the journal is closed. */
    boolean submit(Submission submission) {
        return open.get() && submissions.offer(submission);
    }

    /** Writes what is waiting, then stops. Waits up to five seconds. */
    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            Writers.join(writer);
        }
    }

    private void run() {
        try {
            while (open.get() || !submissions.isEmpty()) {
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
            List<Submission> batch = takeBatch();
            if (!batch.isEmpty()) {
                write(batch);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "event=journal_failed", e);
        }
    }

    /** What is waiting, or comes soon; empty when nothing does. */
    private List<Submission> takeBatch() throws InterruptedException {
        List<Submission> taken = new ArrayList<>();
        Submission first = submissions.poll(MAX_IDLE_MILLIS, TimeUnit.MILLISECONDS);
        if (first == null) {
            return taken;
        }
        taken.add(first);
        int rows = drain(taken, rows(first));
        if (rows < settings.maxRows() / 4 && settings.lingerMicros() > 0) {
            Submission late = submissions.poll(settings.lingerMicros(), TimeUnit.MICROSECONDS);
            if (late != null) {
                taken.add(late);
                drain(taken, rows + rows(late));
            }
        }
        return taken;
    }

    /** What a submission costs a batch: copies that share a row cost little more than the row. */
    private static int rows(Submission submission) {
        int copies = submission.copies().size();
        if (!submission.isFanout()) {
            return Math.max(1, copies);
        }
        int shared = (int)
                submission.copies().stream().filter(Submission.Copy::claimed).count();
        return 1 + shared / SHARED_COPIES_PER_ROW + copies - shared;
    }

    private int drain(List<Submission> into, int rowsSoFar) {
        int rows = rowsSoFar;
        while (rows < settings.maxRows()) {
            Submission next = submissions.poll();
            if (next == null) {
                break;
            }
            into.add(next);
            rows += rows(next);
        }
        return rows;
    }

    private void write(List<Submission> batch) throws InterruptedException {
        List<Submission> waiting = batch;
        Writers.Backoff backoff = new Writers.Backoff();
        while (!waiting.isEmpty()) {
            try {
                Written written = commit(waiting);
                waiting.forEach(submission -> settle(
                        submission, written.messages().get(submission.message().id())));
                return;
            } catch (SQLException e) {
                if (Writers.UNIQUE_VIOLATION.equals(e.getSQLState()) && waryBatches == 0) {
                    waryBatches = WARY_BATCHES;
                    continue;
                }
                if (!Writers.isTransient(e)) {
                    writeOneByOne(waiting, e);
                    return;
                }
                // The commit may have happened, with its answer lost.
                waryBatches = WARY_BATCHES;
                LOG.log(Level.WARNING, "event=journal_retry waiting=" + waiting.size() + " cause=" + e.getMessage());
                waiting = giveUpOnOld(waiting);
                backoff.sleep();
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
    private void writeOneByOne(List<Submission> waiting, SQLException cause) throws InterruptedException {
        if (waiting.size() == 1) {
            LOG.log(Level.ERROR, "event=journal_row_refused", cause);
            waiting.get(0).outcome().failed("internal error: the message was not stored");
            return;
        }
        for (Submission submission : waiting) {
            write(List.of(submission));
        }
    }

    /**
     * What a batch leaves behind when it is committed.
     *
     * @param fresh what was not stored before
     * @param known what an attempt had stored whose answer was lost, with everything that belongs to it
     */
    private record Written(Map<String, MessageStore.Inserted> messages, List<Numbered> fresh, List<Numbered> known) {}

    private record Numbered(Submission submission, long seq) {}

    private Written commit(List<Submission> batch) throws SQLException {
        try {
            Connection connection = connections.get();
            Pipeline first = new Pipeline();
            MessageStore.Insertion insertion = store.insertMessages(
                    first, batch.stream().map(Submission::message).toList(), waryBatches > 0);
            Storing storing = extension.storing(first, batch);
            first.run(connection);
            Written written = written(batch, insertion.outcomes(connection));
            Pipeline last = new Pipeline();
            insertDeliveries(last, written.fresh());
            List<Submission> fresh =
                    written.fresh().stream().map(Numbered::submission).toList();
            Runnable afterCommit = fresh.isEmpty() ? () -> {} : storing.stored(connection, last, fresh);
            fanouts.insert(last, fanouts(written.fresh()), clock.instant());
            last.runAndCommit(connection);
            waryBatches = Math.max(0, waryBatches - 1);
            afterCommit.run();
            fanouts(written.fresh()).forEach(fanouts::opened);
            fanouts(written.known()).forEach(fanouts::opened);
            return written;
        } catch (SQLException e) {
            connections.release();
            throw e;
        } catch (RuntimeException e) {
            connections.release();
            throw new SQLException("the batch cannot be written", Writers.BAD_BATCH, e);
        }
    }

    private static Written written(List<Submission> batch, Map<String, MessageStore.Inserted> outcomes) {
        List<Numbered> fresh = new ArrayList<>(batch.size());
        List<Numbered> known = new ArrayList<>();
        for (Submission submission : batch) {
            MessageStore.Inserted outcome = outcomes.get(submission.message().id());
            if (outcome instanceof MessageStore.Inserted.Fresh stored) {
                fresh.add(new Numbered(submission, stored.seq()));
            } else if (outcome instanceof MessageStore.Inserted.AlreadyStored stored) {
                known.add(new Numbered(submission, stored.seq()));
            }
        }
        return new Written(outcomes, fresh, known);
    }

    private void insertDeliveries(Pipeline pipeline, List<Numbered> fresh) {
        List<MessageStore.NewDelivery> copies =
                fresh.stream().flatMap(Journal::rowsOf).toList();
        if (!copies.isEmpty()) {
            store.insertDeliveries(pipeline, copies, clock.instant().plusMillis(settings.claimMillis()));
        }
    }

    private static Stream<MessageStore.NewDelivery> rowsOf(Numbered fresh) {
        Submission submission = fresh.submission();
        boolean claimedAreElsewhere = submission.isFanout();
        return submission.copies().stream()
                .filter(copy -> !(copy.claimed() && claimedAreElsewhere))
                .map(copy -> new MessageStore.NewDelivery(
                        fresh.seq(), copy.recipient(), submission.message().priority(), copy.claimed()));
    }

    private static List<FanoutStore.NewFanout> fanouts(List<Numbered> fresh) {
        return fresh.stream()
                .flatMap(one -> fanout(one.seq(), one.submission()).stream())
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
}
