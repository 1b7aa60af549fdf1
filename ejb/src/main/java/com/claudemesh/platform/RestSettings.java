package com.claudemesh.platform;

import java.time.Duration;

/**
 * The operator's numbers about the REST interface.
 *
 * @param memberKeyLife longest life of an API key that an ordinary member makes for itself
 * @param maxMemberKeys most live keys of such a member
 * @param idempotencyKept how long the answer of a POST with an idempotency key is kept
 * @param idempotencyLease after how long such a POST that never ended may be tried again
 * @param streamsPerKey topic streams of one API key at a time, on one node
 * @param maxStreams topic streams of everybody at a time, on one node
 * @param streamBufferBytes what may wait for the reader of a stream before it is ended
 * @param streamHeartbeat after how long a silent stream gets a sign of life
 * @param streamCheck how often it is checked whether streams may go on
 */
public record RestSettings(
        Duration memberKeyLife,
        int maxMemberKeys,
        Duration idempotencyKept,
        Duration idempotencyLease,
        int streamsPerKey,
        int maxStreams,
        int streamBufferBytes,
        Duration streamHeartbeat,
        Duration streamCheck) {

    static RestSettings from(Settings.Reader reader) {
        return new RestSettings(
                Duration.ofMinutes(reader.number("CLAUDEMESH_MEMBER_KEY_MINUTES", 60, 1, 1_440)),
                reader.number("CLAUDEMESH_MAX_MEMBER_KEYS", 20, 1, 1_000),
                Duration.ofHours(reader.number("CLAUDEMESH_IDEMPOTENCY_HOURS", 24, 1, 720)),
                Duration.ofSeconds(reader.number("CLAUDEMESH_IDEMPOTENCY_LEASE_SECONDS", 60, 1, 3_600)),
                reader.number("CLAUDEMESH_STREAMS_PER_KEY", 10, 1, 100_000),
                reader.number("CLAUDEMESH_MAX_STREAMS", 2_000, 1, 1_000_000),
                reader.number("CLAUDEMESH_STREAM_BUFFER_BYTES", 262_144, 65_536, 67_108_864),
                Duration.ofMillis(reader.number("CLAUDEMESH_STREAM_HEARTBEAT_MILLIS", 30_000, 100, 600_000)),
                Duration.ofMillis(reader.number("CLAUDEMESH_STREAM_CHECK_MILLIS", 2_000, 50, 60_000)));
    }
}
