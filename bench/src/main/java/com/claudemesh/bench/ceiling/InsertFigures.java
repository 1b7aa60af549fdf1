package com.claudemesh.bench.ceiling;

/**
 * What PostgreSQL did with batched inserts.
 *
 * @param writers connections that inserted at the same time
 * @param messagesPerSecond pairs of a message row and a delivery row, committed
 */
public record InsertFigures(
        int writers, int messagesPerCommit, long messages, double seconds, double messagesPerSecond) {}
