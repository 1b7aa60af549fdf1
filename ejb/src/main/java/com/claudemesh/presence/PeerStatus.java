package com.claudemesh.presence;

import com.claudemesh.protocol.frame.Status;
import java.time.Duration;
import java.time.Instant;

/**
 * How busy a peer is, who said so, and the write rule between reports (wire protocol §4.10): another status is taken from
 * a hook or the peer itself at once, {@code dnd} is left by the peer itself only, and inference never contradicts what
 * somebody said.
 *
 * @param since when the latest report said so
 */
public record PeerStatus(Status value, StatusSource source, Instant since) {

    /** A peer that has just connected. */
    public static PeerStatus initial(Instant now) {
        return new PeerStatus(Status.IDLE, StatusSource.JSONL, now);
    }

    /**
     * What the status is after a report.
     *
     * @param freshFor how long a report keeps its source against a weaker one that says the same
     */
    public PeerStatus after(Status reported, StatusSource by, Instant now, Duration freshFor) {
        if (reported != value) {
            return mayChange(by, now, freshFor) ? new PeerStatus(reported, by, now) : this;
        }
        boolean keepsSource = source.outranks(by) && isFresh(now, freshFor);
        return new PeerStatus(value, keepsSource ? source : by, now);
    }

    private boolean mayChange(StatusSource by, Instant now, Duration freshFor) {
        return switch (by) {
            case MANUAL -> true;
            case HOOK -> value != Status.DND;
            case JSONL ->
                value != Status.DND
                        && source != StatusSource.MANUAL
                        && !(source == StatusSource.HOOK && isFresh(now, freshFor));
        };
    }

    private boolean isFresh(Instant now, Duration freshFor) {
        return !since.plus(freshFor).isBefore(now);
    }

    /** The status once {@code timeToLive} has passed without a report: work goes stale, everything else lasts. */
    public PeerStatus aged(Instant now, Duration timeToLive) {
        boolean stale = value == Status.WORKING && since.plus(timeToLive).isBefore(now);
        return stale ? initial(now) : this;
    }

    public boolean isIdle() {
        return value == Status.IDLE;
    }
}
