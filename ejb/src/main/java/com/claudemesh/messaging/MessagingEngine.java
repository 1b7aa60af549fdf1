package com.claudemesh.messaging;

import com.claudemesh.audit.AuditAppend;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.platform.Metrics;
import com.claudemesh.platform.Pipeline;
import com.claudemesh.presence.MemberGroups;
import com.claudemesh.presence.PeerRegistry;
import com.claudemesh.presence.PresenceStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** Assembles messaging from its parts and runs its threads. Start once, after the migrations; close once. */
public final class MessagingEngine implements AutoCloseable {
    private static final Logger LOG = System.getLogger(MessagingEngine.class.getName());
    private static final Duration SESSION_KEY_MEMORY = Duration.ofDays(30);
    private static final int LOADER_THREADS = 4;
    private static final int SWEEP_ROWS = 1_000;

    private final DataSource database;
    private final MessageStore store;
    private final FanoutStore fanouts;
    private final Clock clock;
    private final Conversations conversations;
    private final Journal journal;
    private final MarkJournal marks;
    private final Mailboxes mailboxes;
    private final SendLimits limits;
    private final ReceiptNotifier notifier;
    private final MessagingService service;
    private final ExecutorService loaders;
    private final ScheduledExecutorService sweeper;
    private final AtomicLong owed = new AtomicLong();
    private final long pollMillis;
    private final Duration retention;
    private final Duration deadLetterRetention;

    /** Everything that messaging is given. */
    public record Parts(
            DataSource database,
            MeshDirectory directory,
            PeerRegistry registry,
            PresenceStore presence,
            MemberGroups memberGroups,
            Conversations conversations,
            Metrics metrics,
            Clock clock,
            ThreadFactory threads) {}

    /** Everything that an operator can set. */
    public record Numbers(
            String nodeName,
            JournalSettings journal,
            MessagingSettings messaging,
            long pollMillis,
            Duration retention,
            Duration deadLetterRetention) {}

    public MessagingEngine(Parts parts, Numbers numbers) {
        this.database = parts.database();
        this.clock = parts.clock();
        this.conversations = parts.conversations();
        this.pollMillis = numbers.pollMillis();
        this.retention = numbers.retention();
        this.deadLetterRetention = numbers.deadLetterRetention();
        this.store = new MessageStore(numbers.nodeName());
        this.fanouts = new FanoutStore(numbers.nodeName());
        this.loaders = Executors.newFixedThreadPool(LOADER_THREADS, parts.threads());
        this.sweeper = Executors.newSingleThreadScheduledExecutor(parts.threads());
        this.notifier = new ReceiptNotifier(parts.registry(), parts.directory(), clock);
        Fanouts openFanouts = new Fanouts(fanouts, numbers.journal().claimMillis());
        this.journal =
                new Journal(database, store, openFanouts, clock, numbers.journal(), this::storing, parts.threads());
        this.marks = new MarkJournal(
                database,
                store,
                openFanouts,
                clock,
                numbers.journal().markLingerMillis(),
                this::marked,
                parts.threads());
        this.mailboxes = new Mailboxes(
                database,
                store,
                clock,
                loaders,
                marks::mark,
                new DeliveryPolicy(parts.directory(), conversations),
                numbers.journal().claimMillis());
        this.limits = new SendLimits(numbers.messaging(), System::nanoTime);
        SessionKeyOwners owners = new SessionKeyOwners((meshId, key) -> ownerOf(parts.presence(), meshId, key), clock);
        this.service = new MessagingService(
                new TargetResolver(parts.directory(), parts.registry(), owners, parts.memberGroups()),
                conversations,
                limits,
                mailboxes,
                journal,
                marks,
                new ReceiptDesk(database, new ReceiptStore(), parts.registry()),
                loaders,
                numbers.messaging(),
                clock,
                parts.metrics());
        parts.metrics().gauge("broker_queue_depth", "Copies owed to recipients", owed::get);
    }

    public MessagingService service() {
        return service;
    }

    /** Frees what an earlier run of this node left claimed, then starts the threads. */
    public void start() throws SQLException {
        try (Connection connection = database.getConnection()) {
            int released = store.releaseClaimsOfThisNode(connection) + fanouts.takeOver(connection, clock.instant());
            LOG.log(Level.INFO, "event=messaging_started released_claims=" + released);
        }
        journal.start();
        marks.start();
        every(pollMillis, mailboxes::poll);
        every(1_000, mailboxes::sweep);
        every(30_000, this::countOwed);
        every(60_000, this::expire);
        every(60_000, this::takeOverFanouts);
        every(300_000, limits::sweep);
        every(3_600_000, this::purge);
    }

    private void every(long periodMillis, Runnable work) {
        Runnable guarded = () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "event=messaging_sweep_failed", e);
            }
        };
        sweeper.scheduleWithFixedDelay(guarded, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
    }

    private Optional<String> ownerOf(PresenceStore presence, String meshId, String sessionKey) {
        try {
            return presence.ownerOfSessionKey(
                    meshId, sessionKey, clock.instant().minus(SESSION_KEY_MEMORY));
        } catch (SQLException e) {
            throw new IllegalStateException("session keys cannot be read", e);
        }
    }

    private void countOwed() {
        inDatabase("count", connection -> owed.set(store.owed(connection)));
    }

    private void expire() {
        inDatabase(
                "expire",
                connection -> repeat(() -> {
                    List<ReceiptNews> expired = store.expire(connection, clock.instant(), SWEEP_ROWS);
                    notifier.tell(expired);
                    return expired.size();
                }));
        inDatabase("fail", connection -> repeat(() -> store.failRevoked(connection, clock.instant(), SWEEP_ROWS)));
    }

    private void takeOverFanouts() {
        inDatabase("takeover", connection -> fanouts.takeOverExpired(connection, clock.instant()));
    }

    private void purge() {
        Instant before = clock.instant().minus(retention);
        Instant deadBefore = clock.instant().minus(deadLetterRetention);
        inDatabase("purge", connection -> repeat(() -> store.purge(connection, before, deadBefore, SWEEP_ROWS)));
    }

    /**
     * What belongs to a commit besides messages and deliveries. Whoever changes a topic locks it before the chain, so posts
     * come before the chain too; without posts its lock needs no round trip of its own.
     */
    private Journal.Storing storing(Pipeline first, List<Submission> batch) {
        AuditAppend chain = new AuditAppend();
        boolean posts = batch.stream().anyMatch(MessagingEngine::isPost);
        if (!posts) {
            chain.lock(first, meshesOf(batch));
        }
        return (connection, last, fresh) -> {
            Runnable afterCommit = posts ? appendPosts(connection, fresh) : () -> {};
            if (posts) {
                Pipeline lock = new Pipeline();
                chain.lock(lock, meshesOf(fresh));
                lock.run(connection);
            }
            chain.add(last, fresh.stream().map(Submission::event).toList());
            return afterCommit;
        };
    }

    private Runnable appendPosts(Connection connection, List<Submission> fresh) throws SQLException {
        List<Message> posts = fresh.stream()
                .filter(MessagingEngine::isPost)
                .map(Submission::message)
                .toList();
        return posts.isEmpty() ? () -> {} : conversations.append(connection, posts);
    }

    private static boolean isPost(Submission submission) {
        return submission.message().extras().post() != null;
    }

    private static List<String> meshesOf(List<Submission> batch) {
        return batch.stream().map(submission -> submission.message().meshId()).toList();
    }

    private void marked(List<Mark> written) {
        notifier.tell(
                written.stream().map(ReceiptNews::of).filter(Objects::nonNull).toList());
    }

    @FunctionalInterface
    private interface DatabaseWork {
        void run(Connection connection) throws SQLException;
    }

    @FunctionalInterface
    private interface RowWork {
        int run() throws SQLException;
    }

    private static void repeat(RowWork work) throws SQLException {
        while (work.run() == SWEEP_ROWS) {
            Thread.onSpinWait();
        }
    }

    private void inDatabase(String what, DatabaseWork work) {
        try (Connection connection = database.getConnection()) {
            work.run(connection);
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "event=messaging_" + what + "_failed cause=" + e.getMessage());
        }
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
        journal.close();
        marks.close();
        loaders.shutdownNow();
    }
}
