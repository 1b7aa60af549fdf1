package com.claudemesh.cli.topic;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.rest.EventFeed;
import com.claudemesh.cli.rest.EventFeed.Signal;
import com.claudemesh.cli.rest.RestSession;
import com.claudemesh.cli.rest.ServerEvent;
import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.encoding.JsonReader;
import com.claudemesh.sdk.topic.TopicBody.Opened;
import com.claudemesh.sdk.topic.TopicReader;
import com.claudemesh.sdk.topic.TopicReader.Look;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Follows one topic: the latest posts, then those that come, each once and in order. While a key is missing it holds what
 * it can't read; while it has the key it shares it. One thread; interrupt it to stop.
 */
final class TopicTail {
    /** Posts that wait for a key; beyond it the oldest are shown unread. */
    static final int MAX_HELD = 1_000;

    private static final int REMEMBERED_IDS = 2_000;
    private static final Duration CARE_PERIOD = Duration.ofSeconds(30);
    private static final Duration LOOK_PERIOD = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(500);

    private final VerbServices services;
    private final Membership mesh;
    private final TopicAccess access;
    private final BlockingQueue<Signal> signals;
    private final Output output;
    private final String path;
    private final PostLines lines;
    private final LocalHistory kept;
    private final TopicReader<Post> reader;
    private final Map<String, Boolean> seen = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED_IDS;
        }
    };
    private boolean cursorKnown;
    /** Posts are missing in front of what the stream brings: it is not shown, it comes with them. */
    private boolean behind;

    private long careAtNanos;
    private long lookAtNanos;

    /** @param signals bounded; only this tail and its feed use it */
    TopicTail(
            VerbServices services, Membership mesh, TopicAccess access, BlockingQueue<Signal> signals, Output output) {
        this.services = services;
        this.mesh = mesh;
        this.access = access;
        this.signals = signals;
        this.output = output;
        this.path = "/topics/" + ApiClient.segment(access.topic().name());
        this.lines = new PostLines(output, ZoneId.systemDefault());
        this.kept = new LocalHistory(services);
        this.reader = new TopicReader<>(access.keeper(), access.topic(), MAX_HELD, Post::body, this::show);
        this.careAtNanos = System.nanoTime();
        this.lookAtNanos = System.nanoTime();
    }

    /**
     * Shows the latest posts and then every new one, until it is interrupted or nobody reads the output any more.
     *
     * @param latest how many to begin with; 0 for none
     * @throws CliException when the server refuses to go on
     */
    int run(int latest) {
        try {
            List<Post> first = latest(Math.max(latest, 1));
            if (latest > 0) {
                first.forEach(this::take);
            }
            cursorKnown = !first.isEmpty();
            String newest = cursorKnown ? first.get(first.size() - 1).id() : EventFeed.BEFORE_ALL;
            try (EventFeed feed = new EventFeed(
                    access.rest(), path + "/stream", newest, services.host().clock(), signals)) {
                feed.start();
                follow(feed);
            }
        } catch (InterruptedException stopped) {
            return ExitCode.SUCCESS;
        } catch (CliException failed) {
            // A blocking call that is interrupted fails in a way of its own; whoever interrupts means the tail.
            if (!Thread.interrupted()) {
                throw failed;
            }
        }
        return ExitCode.SUCCESS;
    }

    private void follow(EventFeed feed) throws InterruptedException {
        while (!services.host().out().checkError()) {
            careWhenDue();
            lookWhenDue();
            feed.refresh();
            Signal signal = signals.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
            if (signal instanceof Signal.Arrived arrived) {
                take(arrived.event(), feed);
            } else if (signal instanceof Signal.Retrying retrying) {
                output.progress(retrying.reason() + "; next attempt in " + retrying.waitMillis() + " ms");
            } else if (signal instanceof Signal.Ended ended) {
                throw ended.reason();
            }
        }
    }

    private void take(ServerEvent event, EventFeed feed) {
        switch (event.type()) {
            case "ready" -> {
                behind |= !cursorKnown || !resumed(event);
                if (behind) {
                    catchUp(feed);
                }
            }
            case "message" -> {
                if (!behind) {
                    JsonReader.read(event.data()).ifPresent(row -> take(Post.of((ObjectNode) row)));
                }
            }
            case "error" -> output.warn("the server reports: " + Output.safe(event.data()), "");
            default -> {
                // Heartbeats only keep the connection alive.
            }
        }
    }

    /** Whether the stream goes on where it was asked to; a server that does not say so is believed to. */
    private static boolean resumed(ServerEvent ready) {
        return JsonReader.read(ready.data())
                .map(data -> data.path("resumed").asBoolean(true))
                .orElse(true);
    }

    /**
     * The stream has no place to begin behind, or it is gone: what is there and was not shown is new. When the server breaks
     * off now, the next stream is the time to do it.
     */
    private void catchUp(EventFeed feed) {
        List<Post> posts;
        try {
            posts = latest(Limits.MAX_TOPIC_ROWS);
        } catch (CliException failed) {
            if (EventFeed.isFinal(failed) || Thread.currentThread().isInterrupted()) {
                throw failed;
            }
            output.progress(String.valueOf(failed.getMessage()));
            feed.reconnect();
            return;
        }
        behind = false;
        posts.forEach(this::take);
        if (!posts.isEmpty()) {
            cursorKnown = true;
            feed.seen(posts.get(posts.size() - 1).id());
        }
    }

    private void take(Post post) {
        cursorKnown = true;
        if (seen.put(post.id(), true) == null) {
            boolean waited = reader.held() > 0;
            reader.offer(post);
            if (!waited) {
                lookAtNanos = System.nanoTime();
            }
        }
    }

    /** Oldest first. */
    private List<Post> latest(int limit) {
        JsonNode answer = RestSession.require(
                access.rest().get(path + "/messages?limit=" + limit),
                "read #" + Output.safe(access.topic().name()));
        List<Post> posts = new ArrayList<>();
        answer.path("messages").forEach(row -> posts.add(Post.of((ObjectNode) row)));
        Collections.reverse(posts);
        return posts;
    }

    private void show(Post post, Opened opened) {
        output.acknowledge(PostLines.json(post, opened));
        lines.show(post, opened);
        if (opened instanceof Opened.Text text) {
            kept.keep(mesh, access.topic().id(), access.topic().name(), post, text.text());
        }
    }

    private void careWhenDue() {
        if (System.nanoTime() - careAtNanos >= 0) {
            careAtNanos = System.nanoTime() + CARE_PERIOD.toNanos();
            tolerating(access::care);
        }
    }

    private void lookWhenDue() {
        if (reader.held() > 0 && System.nanoTime() - lookAtNanos >= 0) {
            lookAtNanos = System.nanoTime() + LOOK_PERIOD.toNanos();
            tolerating(this::look);
        }
    }

    private void look() {
        Look look = reader.look();
        while (look instanceof Look.Found || look instanceof Look.GaveUp) {
            if (look instanceof Look.Found found) {
                access.notes().accepted(found.key());
            }
            look = reader.look();
        }
        if (look instanceof Look.StillWaiting) {
            access.notes().waiting();
        }
    }

    /** Keys can wait: the stream itself tells when the server is gone for good. */
    private void tolerating(Runnable work) {
        try {
            work.run();
        } catch (CliException failed) {
            if (Thread.currentThread().isInterrupted()) {
                throw failed;
            }
            if (failed.exitCode() != ExitCode.NETWORK_ERROR) {
                access.notes().refused(String.valueOf(failed.getMessage()));
            }
        }
    }
}
