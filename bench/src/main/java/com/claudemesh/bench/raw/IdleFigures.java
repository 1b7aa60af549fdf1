package com.claudemesh.bench.raw;

/**
 * What connections cost that do nothing.
 *
 * @param ended connections that the server has closed meanwhile
 * @param heapBytesBefore live objects of the server before the first connection
 * @param heapKiBPerConnection growth of the live objects over the number of connections
 * @param threadsMore threads that the server has started for them
 */
public record IdleFigures(
        int connections,
        int ended,
        long heapBytesBefore,
        long heapBytesAfter,
        double heapKiBPerConnection,
        long residentMiBBefore,
        long residentMiBAfter,
        int threadsMore) {}
