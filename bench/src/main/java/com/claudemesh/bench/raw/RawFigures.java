package com.claudemesh.bench.raw;

import com.claudemesh.bench.figures.Completeness;
import com.claudemesh.bench.figures.Percentiles;

/**
 * The figures of one raw run. Times in milliseconds unless they say otherwise.
 *
 * @param workload what was done
 * @param connections open sockets
 * @param acknowledging whether receivers confirmed every message
 * @param sent messages that the server acknowledged as stored
 * @param refused messages that it refused
 * @param delivered arrivals in order
 * @param lost arrivals that are missing for an acknowledged message
 * @param repeated arrivals of a message that had arrived, or that a later one had overtaken
 * @param perSecond deliveries over the time from the first send to the last arrival
 * @param generatorCpuPercent processor time of this process over that time; 100 is one core
 */
public record RawFigures(
        String workload,
        int connections,
        boolean acknowledging,
        long sent,
        long refused,
        long delivered,
        long lost,
        long repeated,
        double seconds,
        double perSecond,
        Percentiles deliveryMillis,
        Percentiles ackMillis,
        double generatorCpuPercent)
        implements Completeness {

    @Override
    public long broken() {
        return lost + repeated + refused;
    }
}
