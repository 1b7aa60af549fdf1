package com.claudemesh.web.v1.stream;

import com.claudemesh.identity.apikey.ApiKeys;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.platform.Metrics;
import com.claudemesh.platform.RestSettings;
import com.claudemesh.platform.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Starts what streams share, and ends it with the application. */
@ApplicationScoped
public class StreamRoom {
    private static final Logger LOG = System.getLogger(StreamRoom.class.getName());
    private static final int WRITERS = 2;
    private static final int READERS = 2;
    private static final long MAX_TICK_MILLIS = 1_000;

    @Inject
    private ApiKeys keys;

    @Inject
    private MeshDirectory directory;

    @Inject
    private Settings settings;

    @Inject
    private Metrics metrics;

    @Inject
    private Clock clock;

    @Resource
    private ManagedThreadFactory threads;

    private ExecutorService writers;
    private ExecutorService readers;
    private ScheduledExecutorService timer;
    private TopicStreams streams;

    @PostConstruct
    void start() {
        RestSettings numbers = settings.rest();
        writers = Executors.newFixedThreadPool(WRITERS, threads);
        readers = Executors.newFixedThreadPool(READERS, threads);
        timer = Executors.newSingleThreadScheduledExecutor(threads);
        streams = new TopicStreams(
                new TopicStreams.Limits(
                        numbers.streamsPerKey(),
                        numbers.maxStreams(),
                        numbers.streamHeartbeat(),
                        numbers.streamBufferBytes()),
                directory,
                keys::liveAmong,
                clock,
                writers,
                readers);
        metrics.gauge("broker_topic_streams", "Live streams of topics", streams::size);
        every(Math.min(MAX_TICK_MILLIS, numbers.streamHeartbeat().toMillis()), streams::tick);
        every(numbers.streamCheck().toMillis(), () -> readers.execute(streams::check));
    }

    private void every(long millis, Runnable work) {
        timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        LOG.log(Level.ERROR, "event=streams_not_kept", e);
                    }
                },
                millis,
                millis,
                TimeUnit.MILLISECONDS);
    }

    TopicStreams streams() {
        return streams;
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
        streams.close();
        writers.shutdown();
        readers.shutdown();
    }
}
