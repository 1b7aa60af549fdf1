package com.claudemesh.bench.stream;

import com.claudemesh.bench.figures.Percentiles;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one run. Times in milliseconds.
 *
 * @param lost posts that a reader did not get, of all readers together
 * @param deliveryMillis from the moment before a post was sent to its event at a reader
 * @param postMillis from the moment before a post was sent to its answer
 * @param connectSeconds until all streams had begun
 * @param serverResidentMiBBefore the server's memory in RAM before the streams; absent for a server elsewhere
 * @param serverResidentMiBAfter the same with all streams, after the last post
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StreamsReport(
        int streams,
        int posts,
        int postsPerSecond,
        long delivered,
        long lost,
        Percentiles deliveryMillis,
        Percentiles postMillis,
        double connectSeconds,
        double generatorCpuPercent,
        @Nullable Long serverResidentMiBBefore,
        @Nullable Long serverResidentMiBAfter) {

    /** Everybody got everything. */
    public boolean complete() {
        return lost == 0 && delivered == (long) streams * posts;
    }
}
