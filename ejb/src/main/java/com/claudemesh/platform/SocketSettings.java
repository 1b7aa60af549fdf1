package com.claudemesh.platform;

/**
 * The operator's numbers about WebSocket connections.
 *
 * @param helloDeadlineMillis how long a socket may stay silent before it says hello
 * @param maxUnauthenticated most sockets of one node that have not said hello
 * @param inboxMaxFrames most frames of one connection that wait to be handled
 * @param inboxMaxBytes most characters of such frames
 * @param outboxMaxBytes most characters that wait for one client to read them
 * @param stalledWriteMillis how long one write may wait for the client to read
 * @param pingIntervalMillis how often peers are pinged
 * @param pongTimeoutMillis how long a peer may be silent before its socket is dropped
 */
public record SocketSettings(
        int helloDeadlineMillis,
        int maxUnauthenticated,
        int inboxMaxFrames,
        int inboxMaxBytes,
        int outboxMaxBytes,
        int stalledWriteMillis,
        int pingIntervalMillis,
        int pongTimeoutMillis) {

    static SocketSettings from(Settings.Reader reader) {
        return new SocketSettings(
                reader.number("CLAUDEMESH_HELLO_DEADLINE_MILLIS", 10_000, 100, 600_000),
                reader.number("CLAUDEMESH_MAX_UNAUTHENTICATED_SOCKETS", 1_000, 1, 1_000_000),
                reader.number("CLAUDEMESH_INBOX_MAX_FRAMES", 20_000, 1, 1_000_000),
                reader.number("CLAUDEMESH_INBOX_MAX_BYTES", 16_777_216, 262_144, 1_073_741_824),
                reader.number("CLAUDEMESH_OUTBOX_MAX_BYTES", 4_194_304, 262_144, 1_073_741_824),
                reader.number("CLAUDEMESH_STALLED_WRITE_MILLIS", 20_000, 100, 600_000),
                reader.number("CLAUDEMESH_PING_INTERVAL_MILLIS", 30_000, 100, 600_000),
                reader.number("CLAUDEMESH_PONG_TIMEOUT_MILLIS", 75_000, 200, 3_600_000));
    }
}
