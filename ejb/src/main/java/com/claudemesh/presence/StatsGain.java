package com.claudemesh.presence;

import com.claudemesh.protocol.frame.HelloAck.RestoredStats;
import com.claudemesh.protocol.frame.PeerStats;
import org.jspecify.annotations.Nullable;

/**
 * What a peer's report adds to its member's totals: the report less what the totals hold already of it. A client that was
 * handed the totals counts on from them, so its report replaces them; one that was not counts from zero, so its report is
 * added; and parallel sessions of a member do not overwrite each other's.
 */
final class StatsGain {
    static final RestoredStats NONE = new RestoredStats(0, 0, 0, 0);

    private StatsGain() {}

    static RestoredStats of(@Nullable PeerStats report, RestoredStats counted) {
        if (report == null) {
            return NONE;
        }
        return new RestoredStats(
                gain(report.messagesIn(), counted.messagesIn()),
                gain(report.messagesOut(), counted.messagesOut()),
                gain(report.toolCalls(), counted.toolCalls()),
                gain(report.errors(), counted.errors()));
    }

    private static long gain(@Nullable Long reported, long counted) {
        return reported == null ? 0 : reported - counted;
    }

    static RestoredStats sum(RestoredStats one, RestoredStats other) {
        return new RestoredStats(
                one.messagesIn() + other.messagesIn(),
                one.messagesOut() + other.messagesOut(),
                one.toolCalls() + other.toolCalls(),
                one.errors() + other.errors());
    }
}
