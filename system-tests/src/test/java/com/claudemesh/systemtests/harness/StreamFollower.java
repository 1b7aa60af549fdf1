package com.claudemesh.systemtests.harness;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Reads a topic's stream as a script does: after every break it comes back and names the last event that it has seen. */
public final class StreamFollower implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final RestClient client;
    private final String topic;
    private final List<SseReader.Event> messages = new CopyOnWriteArrayList<>();
    private final AtomicInteger resumed = new AtomicInteger();
    private volatile boolean closed;
    private volatile SseReader reader;
    private volatile String lastEventId;

    public StreamFollower(RestClient client, String topic) {
        this.client = client;
        this.topic = topic;
        Thread thread = new Thread(this::follow, "stream-follower");
        thread.setDaemon(true);
        thread.start();
    }

    private void follow() {
        while (!closed) {
            try (SseReader opened = client.tryStream(topic, lastEventId)) {
                reader = opened;
                opened.each(this::take);
            } catch (IOException noServer) {
                // It is on its way back: the next attempt follows.
                LockSupport.parkNanos(PAUSE.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void take(SseReader.Event event) {
        if (!event.id().isEmpty()) {
            lastEventId = event.id();
        }
        if (event.name().equals("message")) {
            messages.add(event);
        } else if (event.name().equals("ready") && event.json().path("resumed").asBoolean()) {
            resumed.incrementAndGet();
        }
    }

    /** What came so far. */
    public List<SseReader.Event> messages() {
        return List.copyOf(messages);
    }

    /** How often the server went on behind the event that it was told. */
    public int timesResumed() {
        return resumed.get();
    }

    /** Whether the stream was there at least once. */
    public boolean started() {
        return lastEventId != null;
    }

    @Override
    public void close() {
        closed = true;
        if (reader != null) {
            reader.close();
        }
    }
}
