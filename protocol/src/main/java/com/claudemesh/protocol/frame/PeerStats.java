package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a peer counted since it started, as it says.
 *
 * @param uptime seconds, possibly with a fraction
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PeerStats(
        @Nullable Long messagesIn,
        @Nullable Long messagesOut,
        @Nullable Long toolCalls,
        @Nullable BigDecimal uptime,
        @Nullable Long errors) {
    private static final BigDecimal MAX_UPTIME = BigDecimal.valueOf(Limits.MAX_COUNT);

    public PeerStats {
        count("stats.messagesIn", messagesIn);
        count("stats.messagesOut", messagesOut);
        count("stats.toolCalls", toolCalls);
        count("stats.errors", errors);
        if (uptime != null && (uptime.signum() < 0 || uptime.compareTo(MAX_UPTIME) > 0)) {
            throw new InvalidFieldException("stats.uptime", "must be from 0 to " + Limits.MAX_COUNT);
        }
    }

    private static void count(String field, @Nullable Long value) {
        if (value != null && (value < 0 || value > Limits.MAX_COUNT)) {
            throw new InvalidFieldException(field, "must be from 0 to " + Limits.MAX_COUNT);
        }
    }
}
