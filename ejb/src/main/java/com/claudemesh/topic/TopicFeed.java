package com.claudemesh.topic;

import com.claudemesh.platform.Transactions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells live readers what is posted: from the journal for posts of this node, from one poll for all readers for those of
 * others. One thread owns all state and calls all listeners; queries run on others. Safe for any thread.
 */
public final class TopicFeed implements AutoCloseable {
    private static final Logger LOG = System.getLogger(TopicFeed.class.getName());
    private static final int PAGE = 200;
    private static final int LOADER_THREADS = 2;
    private static final long UNKNOWN = -1;

    private final TopicAccess access;
    private final TopicDirectory topics;
    private final Transactions transactions;
    private final ScheduledExecutorService owner;
    private final ExecutorService loaders;
    private final long pollMillis;
    private final Map<String, Channel> channels = new HashMap<>();
    private final AtomicBoolean polling = new AtomicBoolean();
    private final AtomicInteger readerCount = new AtomicInteger();

    /** Ends with {@link #close}; a listener that was told {@code ended} need not be closed. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** One topic that somebody reads. */
    private static final class Channel {
        private final String topicId;
        private final List<Reader> readers = new ArrayList<>();
        private final RecentPosts recent = new RecentPosts();
        /** The place of the last post that was told or need not be. */
        private long place = UNKNOWN;
        /** The highest place that was heard of. */
        private long heard;

        private boolean loading;

        Channel(String topicId) {
            this.topicId = topicId;
        }
    }

    private final class Reader implements Subscription {
        private final TopicCaller caller;
        private final String topicId;
        private final TopicListener listener;
        private final AtomicBoolean open = new AtomicBoolean(true);
        private long place;
        private boolean loading;

        Reader(TopicCaller caller, String topicId, long place, TopicListener listener) {
            this.caller = caller;
            this.topicId = topicId;
            this.place = place;
            this.listener = listener;
        }

        @Override
        public void close() {
            if (open.compareAndSet(true, false)) {
                readerCount.decrementAndGet();
                own(() -> forget(this));
            }
        }

        void tell(List<TopicPost> posts) {
            if (posts.isEmpty() || !open.get()) {
                return;
            }
            if (mayRead()) {
                place = posts.get(posts.size() - 1).sequence();
                listener.posts(posts);
            } else {
                end(this);
            }
        }

        boolean mayRead() {
            return access.visible(caller, topicId).isPresent();
        }
    }

    TopicFeed(
            TopicAccess access,
            TopicDirectory topics,
            Transactions transactions,
            ThreadFactory threads,
            long pollMillis) {
        this.access = access;
        this.topics = topics;
        this.transactions = transactions;
        this.owner = Executors.newSingleThreadScheduledExecutor(threads);
        this.loaders = Executors.newFixedThreadPool(LOADER_THREADS, threads);
        this.pollMillis = pollMillis;
    }

    /** Begins to look for what other nodes do. */
    void start() {
        owner.scheduleWithFixedDelay(() -> guarded(this::poll), pollMillis, pollMillis, TimeUnit.MILLISECONDS);
    }

    /** How many readers there are. */
    public int readers() {
        return readerCount.get();
    }

    /**
     * Follows a topic that the caller may see.
     *
     * @param afterSequence the first post told is the one after this place: {@link TopicService#lastSequence} for new posts
     *     only, {@link TopicService#sequenceOf} to resume
     */
    public Subscription follow(TopicCaller caller, TopicView topic, long afterSequence, TopicListener listener) {
        Reader reader = new Reader(caller, topic.id(), afterSequence, listener);
        readerCount.incrementAndGet();
        own(() -> {
            Channel channel = channels.computeIfAbsent(topic.id(), Channel::new);
            channel.readers.add(reader);
            if (channel.place == UNKNOWN) {
                load(channel);
            } else {
                advance(channel, reader);
            }
        });
        return reader;
    }

    /** These posts are on disk. Called on the journal thread; never blocks. */
    void committed(List<TopicPost> posts) {
        own(() -> posts.forEach(this::heard));
    }

    /** Topics of some mesh, or who may see them, have changed. Never blocks. */
    void accessChanged() {
        own(this::checkAccess);
    }

    private void checkAccess() {
        List<Reader> all = channels.values().stream()
                .flatMap(channel -> channel.readers.stream())
                .toList();
        if (!all.isEmpty()) {
            load("access", () -> {
                List<Reader> ended =
                        all.stream().filter(reader -> !reader.mayRead()).toList();
                own(() -> ended.forEach(this::end));
            });
        }
    }

    private void end(Reader reader) {
        if (reader.open.compareAndSet(true, false)) {
            readerCount.decrementAndGet();
            forget(reader);
            reader.listener.ended();
        }
    }

    private void forget(Reader reader) {
        Channel channel = channels.get(reader.topicId);
        if (channel != null && channel.readers.remove(reader) && channel.readers.isEmpty()) {
            channels.remove(reader.topicId);
        }
    }

    private void heard(TopicPost post) {
        Channel channel = channels.get(post.topicId());
        if (channel == null) {
            return;
        }
        channel.heard = Math.max(channel.heard, post.sequence());
        if (channel.place != UNKNOWN && post.sequence() == channel.place + 1) {
            next(channel, post);
            List.copyOf(channel.readers).forEach(reader -> advance(channel, reader));
        } else if (channel.place == UNKNOWN || post.sequence() > channel.place + 1) {
            load(channel);
        }
    }

    private static void next(Channel channel, TopicPost post) {
        channel.recent.add(post);
        channel.place = post.sequence();
        channel.heard = Math.max(channel.heard, channel.place);
    }

    /** Finds out where the topic is, or reads what is missing. */
    private void load(Channel channel) {
        if (channel.loading) {
            return;
        }
        channel.loading = true;
        long place = channel.place;
        long heard = channel.heard;
        load(
                "channel",
                () -> {
                    if (place == UNKNOWN) {
                        long last = transactions.run(connection -> PostStore.lastSequence(connection, channel.topicId));
                        own(() -> {
                            channel.place = last;
                            loaded(channel, false, last, List.of());
                        });
                    } else {
                        List<TopicPost> posts = transactions.run(
                                connection -> PostStore.after(connection, channel.topicId, place, PAGE));
                        own(() -> loaded(channel, true, heard, posts));
                    }
                },
                () -> channel.loading = false);
    }

    /** @param upTo the highest place that was heard of before the query */
    private void loaded(Channel channel, boolean reading, long upTo, List<TopicPost> posts) {
        channel.loading = false;
        for (TopicPost post : posts) {
            if (post.sequence() > channel.place) {
                if (post.sequence() != channel.place + 1) {
                    channel.recent.clear();
                }
                next(channel, post);
            }
        }
        if (reading && posts.isEmpty()) {
            // What was heard of was deleted before it could be read.
            channel.recent.clear();
            channel.place = Math.max(channel.place, upTo);
        }
        List.copyOf(channel.readers).forEach(reader -> advance(channel, reader));
        if (channel.heard > channel.place) {
            load(channel);
        }
    }

    /** Tells a reader what it has not seen, from memory or else from the database. */
    private void advance(Channel channel, Reader reader) {
        boolean upToDate = channel.place == UNKNOWN || reader.place >= channel.place;
        if (reader.loading || upToDate || !reader.open.get()) {
            return;
        }
        if (channel.recent.reaches(reader.place + 1)) {
            reader.tell(channel.recent.from(reader.place + 1));
            return;
        }
        reader.loading = true;
        long from = reader.place;
        long until = channel.place;
        load(
                "reader",
                () -> {
                    List<TopicPost> posts =
                            transactions.run(connection -> PostStore.after(connection, reader.topicId, from, PAGE));
                    own(() -> {
                        reader.loading = false;
                        List<TopicPost> wanted = posts.stream()
                                .filter(post -> post.sequence() <= until)
                                .toList();
                        reader.tell(wanted);
                        if (wanted.isEmpty()) {
                            // Everything in between is deleted.
                            reader.place = Math.max(reader.place, until);
                        }
                        advance(channel, reader);
                    });
                },
                () -> reader.loading = false);
    }

    private void poll() {
        if (!polling.compareAndSet(false, true)) {
            return;
        }
        checkAccess();
        List<String> followed = List.copyOf(channels.keySet());
        load("poll", () -> {
            try {
                topics.refresh();
                if (!followed.isEmpty()) {
                    Map<String, Long> places =
                            transactions.run(connection -> PostStore.lastSequences(connection, followed));
                    own(() -> places.forEach(this::heardOf));
                }
            } finally {
                polling.set(false);
            }
        });
    }

    private void heardOf(String topicId, long place) {
        Channel channel = channels.get(topicId);
        if (channel != null) {
            channel.heard = Math.max(channel.heard, place);
            if (channel.place == UNKNOWN || place > channel.place) {
                load(channel);
            } else {
                // Readers whose query failed try again.
                List.copyOf(channel.readers).forEach(reader -> advance(channel, reader));
            }
        }
    }

    private void load(String what, Runnable work) {
        load(what, work, () -> {});
    }

    private void load(String what, Runnable work, Runnable onFailure) {
        try {
            loaders.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.log(Level.WARNING, "event=topic_feed_" + what + "_failed", e);
                    own(onFailure);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "event=topic_feed_closed");
        }
    }

    private void own(Runnable work) {
        try {
            owner.execute(() -> guarded(work));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "event=topic_feed_closed");
        }
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "event=topic_feed_failed", e);
        }
    }

    @Override
    public void close() {
        owner.shutdownNow();
        loaders.shutdownNow();
    }
}
