package com.claudemesh.bench;

/**
 * The figures of one run. Times in milliseconds.
 *
 * @param sent messages that the server acknowledged as stored
 * @param refused messages that it refused
 * @param delivered distinct messages that arrived
 * @param lost acknowledged messages that did not arrive
 * @param duplicates arrivals of a message that had arrived before
 * @param outOfOrder arrivals that overtook an earlier message of the same sender
 * @param messagesPerSecond delivered messages over the time from the first send to the last arrival
 * @param deliveryMillis from the call of send to the receiver's callback
 * @param ackMillis from the call of send to the sender's acknowledgement
 */
public record LoadReport(
        int senders,
        int messagesPerSender,
        long sent,
        long refused,
        long delivered,
        long lost,
        long duplicates,
        long outOfOrder,
        double seconds,
        double messagesPerSecond,
        Percentiles deliveryMillis,
        Percentiles ackMillis) {

    public record Percentiles(double p50, double p95, double p99, double max) {}
}
