package com.claudemesh.ws;

/**
 * Numbers of the socket layer.
 *
 * @param maxFrameBytesBeforeHello largest frame of a connection that has not said hello
 * @param maxFrameBytes largest frame of a peer
 * @param inboxMaxFrames most frames of one connection that wait to be handled
 * @param inboxMaxChars most characters of frames of one connection that wait to be handled
 * @param outboxMaxChars most characters that wait for one client to read them
 * @param helloDeadlineMillis how long a socket may stay silent
 * @param maxUnauthenticated most sockets that have not said hello
 * @param pingIntervalMillis how often peers are pinged
 * @param pongTimeoutMillis how long a peer may be silent before its socket is dropped
 * @param stallMillis how long one write may wait for the client to read
 */
public record SocketLimits(
        int maxFrameBytesBeforeHello,
        int maxFrameBytes,
        int inboxMaxFrames,
        long inboxMaxChars,
        long outboxMaxChars,
        long helloDeadlineMillis,
        int maxUnauthenticated,
        long pingIntervalMillis,
        long pongTimeoutMillis,
        long stallMillis) {}
