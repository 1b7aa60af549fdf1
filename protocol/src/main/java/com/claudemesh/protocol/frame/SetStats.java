package com.claudemesh.protocol.frame;

/** The peer's own counters, replacing those of its last report. Silent. */
public record SetStats(PeerStats stats) implements ClientFrame {

    public SetStats {
        Fields.required("stats", stats);
    }
}
