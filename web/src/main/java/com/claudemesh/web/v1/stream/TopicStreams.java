package com.claudemesh.web.v1.stream;

import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.topic.TopicCaller;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * All streams of this node: how many there may be, their signs of life, and their ends. Safe for any thread; only
 * {@link #check} blocks.
 */
final class TopicStreams {
    private static final Logger LOG = System.getLogger(TopicStreams.class.getName());

    private final Limits limits;
    private final MeshDirectory directory;
    private final UnaryOperator<Set<String>> liveKeys;
    private final Clock clock;
    private final TopicStream.Machinery machinery;
    private final Set<TopicStream> streams = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> perKey = new HashMap<>();
    private int total;
    private boolean closing;

    /** How many streams, of one key and of all, and after how long a silent one gets a sign of life. */
    record Limits(int perKey, int total, Duration heartbeat, int maxWaitingBytes) {}

    /** @param liveKeys which of these API keys still work; asks the database */
    TopicStreams(
            Limits limits,
            MeshDirectory directory,
            UnaryOperator<Set<String>> liveKeys,
            Clock clock,
            Executor writers,
            Executor readers) {
        this.limits = limits;
        this.directory = directory;
        this.liveKeys = liveKeys;
        this.clock = clock;
        this.machinery = new TopicStream.Machinery(new SseEvents(), writers, readers, limits.maxWaitingBytes());
    }

    /** Whether there may be one more stream. */
    enum Admission {
        ADMITTED,
        TOO_MANY_OF_KEY,
        TOO_MANY
    }

    /** Takes a place; {@link #open} or {@link #release} gives it back. A full key's streams are tried: some may be gone. */
    Admission admit(String keyId) {
        Admission admission = takePlace(keyId);
        if (admission == Admission.TOO_MANY_OF_KEY) {
            Instant now = clock.instant();
            streams.stream().filter(stream -> stream.keyId().equals(keyId)).forEach(stream -> stream.probe(now));
        }
        return admission;
    }

    private Admission takePlace(String keyId) {
        synchronized (perKey) {
            if (closing || total >= limits.total()) {
                return Admission.TOO_MANY;
            }
            if (perKey.getOrDefault(keyId, 0) >= limits.perKey()) {
                return Admission.TOO_MANY_OF_KEY;
            }
            perKey.merge(keyId, 1, Integer::sum);
            total++;
            return Admission.ADMITTED;
        }
    }

    void release(String keyId) {
        synchronized (perKey) {
            total--;
            perKey.computeIfPresent(keyId, (id, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Makes an admitted stream; its place is free again when it ends. {@link TopicStream#start} begins it. */
    TopicStream open(TopicStream.Subject subject, StreamSink sink) {
        TopicStream[] made = new TopicStream[1];
        made[0] = new TopicStream(subject, machinery, sink, () -> {
            streams.remove(made[0]);
            release(subject.keyId());
        });
        streams.add(made[0]);
        return made[0];
    }

    int size() {
        return streams.size();
    }

    /** Signs of life. */
    void tick() {
        Instant now = clock.instant();
        streams.forEach(stream -> stream.tick(now, limits.heartbeat().toMillis()));
    }

    /** Ends the streams whose key or issuer is no more. One query for all of them. */
    void check() {
        List<TopicStream> open = List.copyOf(streams);
        try {
            Set<String> live =
                    liveKeys.apply(open.stream().map(TopicStream::keyId).collect(Collectors.toSet()));
            open.stream().filter(stream -> !live.contains(stream.keyId())).forEach(stream -> stream.end("key_invalid"));
            open.stream().filter(stream -> !isMember(stream.caller())).forEach(stream -> stream.end("not_a_member"));
        } catch (RuntimeException e) {
            // Without the database nothing is posted either; the next check decides.
            LOG.log(Level.WARNING, "event=streams_not_checked", e);
        }
    }

    private boolean isMember(TopicCaller caller) {
        return directory
                .memberById(caller.meshId(), caller.memberId())
                .filter(member -> !member.revoked())
                .isPresent();
    }

    /** Ends all streams; readers come back to another node, or to the next start. */
    void close() {
        synchronized (perKey) {
            closing = true;
        }
        List.copyOf(streams).forEach(TopicStream::abort);
    }
}
