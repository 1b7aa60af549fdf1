package com.claudemesh.sdk;

/**
 * How long a connection waits for things, in milliseconds.
 *
 * @param connect for the socket to open
 * @param hello for the answer to the hello, after the socket has opened
 * @param ping between two pings
 * @param silence without anything from the server before the connection counts as broken
 * @param quiet after a text before it is checked that the socket has not ended unnoticed
 * @param goodbye for the server's answer to a close
 */
record Timings(long connect, long hello, long ping, long silence, long quiet, long goodbye) {
    static final Timings STANDARD = new Timings(10_000, 10_000, 30_000, 75_000, 1_000, 2_000);
}
