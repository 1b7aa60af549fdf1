package com.claudemesh.web.v1.stream;

import com.claudemesh.topic.TopicCaller;
import com.claudemesh.topic.TopicFeed;
import com.claudemesh.topic.TopicListener;
import com.claudemesh.topic.TopicPost;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One reader of one topic. It follows the feed as long as its output takes what comes; when the output is full it stops
 * following, and follows again from the last post it took once the output is empty. Safe for any thread, never blocks.
 */
final class TopicStream {

    /** Begins to follow the topic after a place; may block. */
    @FunctionalInterface
    interface Source {
        TopicFeed.Subscription follow(long afterSequence, TopicListener listener);
    }

    private static final Logger LOG = System.getLogger(TopicStream.class.getName());

    private final String keyId;
    private final TopicCaller caller;
    private final Source source;
    private final SseEvents events;
    private final Executor readers;
    private final Runnable onEnd;
    private final StreamOutput output;

    private long lastSequence;
    private @Nullable Following following;
    private boolean ended;

    /** Until it has started, no sign of life is due. */
    private long heartbeatMillis = Long.MAX_VALUE;

    private long progress;
    private long progressMillis = Long.MAX_VALUE;

    /**
     * What a stream is about.
     *
     * @param afterSequence the first post told is the one after this place
     */
    record Subject(String keyId, TopicCaller caller, Source source, long afterSequence) {}

    /** What all streams share. */
    record Machinery(SseEvents events, Executor writers, Executor readers, int maxWaitingBytes) {}

    /** @param onEnd run once when the connection is closed */
    TopicStream(Subject subject, Machinery machinery, StreamSink sink, Runnable onEnd) {
        this.keyId = subject.keyId();
        this.caller = subject.caller();
        this.source = subject.source();
        this.lastSequence = subject.afterSequence();
        this.events = machinery.events();
        this.readers = machinery.readers();
        this.onEnd = onEnd;
        this.output =
                new StreamOutput(sink, machinery.writers(), machinery.maxWaitingBytes(), this::roomAgain, this::gone);
    }

    String keyId() {
        return keyId;
    }

    TopicCaller caller() {
        return caller;
    }

    StreamOutput output() {
        return output;
    }

    /** Tells where it begins, and follows. */
    void start(byte[] ready, Instant now) {
        synchronized (this) {
            heartbeatMillis = now.toEpochMilli();
            progressMillis = now.toEpochMilli();
        }
        output.offer(ready);
        followAgain();
    }

    /** One attempt to follow the topic; it is over when the output did not take a post. */
    private final class Following implements TopicListener {
        private boolean over;
        private TopicFeed.@Nullable Subscription subscription;

        @Override
        public void posts(List<TopicPost> posts) {
            boolean full = false;
            synchronized (TopicStream.this) {
                for (TopicPost post : posts) {
                    if (over || ended) {
                        break;
                    }
                    if (post.sequence() <= lastSequence) {
                        continue;
                    }
                    full = !output.offer(events.message(post));
                    over = full;
                    if (!full) {
                        lastSequence = post.sequence();
                    }
                }
            }
            if (full) {
                readers.execute(this::close);
            }
        }

        @Override
        public void ended() {
            end("topic_closed");
        }

        private void close() {
            TopicFeed.Subscription mine;
            synchronized (TopicStream.this) {
                over = true;
                mine = subscription;
                subscription = null;
            }
            if (mine != null) {
                mine.close();
            }
        }
    }

    private void roomAgain() {
        boolean fellBehind;
        synchronized (this) {
            fellBehind = !ended && following != null && following.over;
        }
        if (fellBehind) {
            readers.execute(this::followAgain);
        }
    }

    private void followAgain() {
        Following next = new Following();
        Following former;
        long from;
        synchronized (this) {
            if (ended || following != null && !following.over) {
                return;
            }
            former = following;
            following = next;
            from = lastSequence;
        }
        if (former != null) {
            former.close();
        }
        try {
            TopicFeed.Subscription subscription = source.follow(from, next);
            boolean late;
            synchronized (this) {
                next.subscription = subscription;
                late = ended || next.over;
            }
            if (late) {
                next.close();
            }
        } catch (RuntimeException e) {
            // The reader reconnects and goes on behind what it has.
            LOG.log(Level.WARNING, "event=stream_not_followed mesh=" + caller.meshId(), e);
            end("unavailable");
        }
    }

    /** A sign of life when one is due, and the end of a reader that has read nothing for as long. */
    void tick(Instant now, long everyMillis) {
        if (!output.isConnected()) {
            output.abort();
            return;
        }
        boolean due;
        boolean stuck;
        synchronized (this) {
            due = now.toEpochMilli() - heartbeatMillis >= everyMillis;
            if (due) {
                heartbeatMillis = now.toEpochMilli();
            }
            if (output.isEmpty() || output.written() != progress) {
                progress = output.written();
                progressMillis = now.toEpochMilli();
            }
            stuck = now.toEpochMilli() - progressMillis >= everyMillis;
        }
        if (stuck) {
            output.drop();
        } else if (due) {
            output.offer(SseEvents.heartbeat(now));
        }
    }

    /** Writes something, whereupon a connection that is gone shows itself. */
    void probe(Instant now) {
        output.offer(SseEvents.heartbeat(now));
    }

    /** Ends after what waits is written; the reader is told why. */
    void end(String reason) {
        output.offer(SseEvents.end(reason));
        output.finish();
        stopFollowing();
    }

    /** Ends now. */
    void abort() {
        output.abort();
    }

    private void gone() {
        stopFollowing();
        onEnd.run();
    }

    private void stopFollowing() {
        Following last;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            last = following;
        }
        if (last != null) {
            readers.execute(last::close);
        }
    }
}
