package com.claudemesh.sdk.topic;

import com.claudemesh.sdk.topic.TopicBody.Opened;
import com.claudemesh.sdk.topic.TopicKeeper.Topic;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Posts of one topic on their way to a reader, opened and in order: while one waits for its key, those after it wait, too.
 * Safe for any thread; the reader is called by whichever thread has made a post readable, one call at a time. Only {@link
 * #look} asks the server.
 */
public final class TopicReader<P> {
    private final TopicKeeper keeper;
    private final Topic topic;
    private final int maxHeld;
    private final Function<P, TopicBody> bodies;
    private final BiConsumer<P, Opened> reader;
    private final Deque<P> held = new ArrayDeque<>();
    private final Map<Integer, String> outOfReach = new HashMap<>();

    /** What looking for a key came to. */
    public sealed interface Look {
        record NothingMissing() implements Look {}

        record Found(TopicKey key) implements Look {}

        /** A member who holds the key has yet to share it. */
        record StillWaiting() implements Look {}

        /** The key will not come; the posts that need it have reached the reader unopened. */
        record GaveUp(String reason) implements Look {}
    }

    /** @param maxHeld beyond it the oldest reach the reader unopened */
    public TopicReader(
            TopicKeeper keeper, Topic topic, int maxHeld, Function<P, TopicBody> bodies, BiConsumer<P, Opened> reader) {
        this.keeper = keeper;
        this.topic = topic;
        this.maxHeld = maxHeld;
        this.bodies = bodies;
        this.reader = reader;
    }

    /** Takes a post, which reaches the reader at once unless it or an earlier one waits. */
    public synchronized void offer(P post) {
        held.add(post);
        release();
    }

    /** Asks the server for the key that the first held post waits for, and hands on what can be opened then. */
    public Look look() {
        OptionalInt missing = missing();
        if (missing.isEmpty()) {
            return new Look.NothingMissing();
        }
        int epoch = missing.getAsInt();
        Look look = look(epoch, keeper.ofEpoch(topic, epoch));
        synchronized (this) {
            if (look instanceof Look.GaveUp gaveUp) {
                outOfReach.put(epoch, gaveUp.reason());
            }
            release();
        }
        return look;
    }

    private Look look(int epoch, KeyState state) {
        if (state instanceof KeyState.Held found) {
            return new Look.Found(found.key());
        }
        if (state instanceof KeyState.Refused refused) {
            return new Look.GaveUp("its key was refused: " + refused.reason());
        }
        if (state instanceof KeyState.Unencrypted) {
            return new Look.GaveUp("the topic has no key");
        }
        boolean newerKept =
                keeper.latest(topic).filter(key -> key.epoch() > epoch).isPresent();
        // It may have been shared since it was asked for by its number.
        if (!newerKept && keeper.current(topic) instanceof KeyState.Held current) {
            return current.key().epoch() == epoch
                    ? new Look.Found(current.key())
                    : givenUp(current.key().epoch() > epoch);
        }
        return givenUp(newerKept);
    }

    private static Look givenUp(boolean newerHeld) {
        return newerHeld ? new Look.GaveUp("from before this member had a key") : new Look.StillWaiting();
    }

    private synchronized OptionalInt missing() {
        return !held.isEmpty() && open(held.peek()) instanceof Opened.KeyMissing missing
                ? OptionalInt.of(missing.epoch())
                : OptionalInt.empty();
    }

    private void release() {
        while (!held.isEmpty()) {
            Opened opened = open(held.peek());
            if (opened instanceof Opened.KeyMissing && held.size() <= maxHeld) {
                return;
            }
            reader.accept(held.remove(), opened);
        }
    }

    /** Hands on everything, opened or not. */
    public synchronized void flush() {
        while (!held.isEmpty()) {
            P next = held.remove();
            reader.accept(next, open(next));
        }
    }

    public synchronized int held() {
        return held.size();
    }

    private Opened open(P post) {
        Opened opened = bodies.apply(post).open(epoch -> keeper.held(topic, epoch));
        if (opened instanceof Opened.KeyMissing missing) {
            Optional<String> reason = Optional.ofNullable(outOfReach.get(missing.epoch()));
            return reason.<Opened>map(text -> new Opened.OutOfReach(missing.epoch(), text))
                    .orElse(opened);
        }
        return opened;
    }
}
