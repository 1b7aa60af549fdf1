package com.claudemesh.bench.load;

import com.claudemesh.bench.figures.Completeness;
import com.claudemesh.bench.figures.Percentiles;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

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
 * @param deliveryMillis from the moment a message was to be sent to the receiver's callback
 * @param ackMillis from the moment a message was to be sent to the sender's acknowledgement
 * @param generatorCpuPercent processor time of the generator over that time; 100 is one core
 * @param serverResidentMiBBefore the server's memory in RAM before the first send; absent for a server elsewhere
 * @param serverResidentMiBAfter the same after the last arrival
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
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
        Percentiles ackMillis,
        double generatorCpuPercent,
        @Nullable Long serverResidentMiBBefore,
        @Nullable Long serverResidentMiBAfter)
        implements Completeness {

    @Override
    public long broken() {
        return lost + duplicates + outOfOrder + refused;
    }
}
