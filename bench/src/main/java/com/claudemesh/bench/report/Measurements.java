package com.claudemesh.bench.report;

import com.claudemesh.bench.ceiling.EchoFigures;
import com.claudemesh.bench.ceiling.InsertFigures;
import com.claudemesh.bench.load.LoadReport;
import com.claudemesh.bench.raw.IdleFigures;
import com.claudemesh.bench.raw.RawFigures;
import java.util.List;

/**
 * Everything that one report has measured.
 *
 * @param bursts as fast as the windows allow, by the real client
 * @param steady at a fixed rate, by the real client
 * @param topic posts at a fixed rate to a topic with many connected subscribers
 * @param heapBytesAfterSmallBurst live objects of the server after the second largest burst
 * @param heapBytesAfterLargeBurst live objects after the largest burst, with ten times as many messages
 * @param broken messages that were lost, repeated, overtaken or refused in any run, warm-up included
 */
record Measurements(
        Machine machine,
        EchoFigures echo,
        InsertFigures inserts,
        List<LoadReport> bursts,
        LoadReport steady,
        int steadyPerSecond,
        RawFigures direct,
        RawFigures directAcknowledged,
        RawFigures fanout,
        RawFigures fanoutAcknowledged,
        RawFigures topic,
        RawFigures topicAcknowledged,
        IdleFigures idle,
        long heapBytesAfterSmallBurst,
        long heapBytesAfterLargeBurst,
        long broken) {

    LoadReport smallBurst() {
        return bursts.get(bursts.size() - 2);
    }

    LoadReport largeBurst() {
        return bursts.get(bursts.size() - 1);
    }
}
