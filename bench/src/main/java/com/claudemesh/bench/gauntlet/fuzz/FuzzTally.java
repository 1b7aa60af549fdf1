package com.claudemesh.bench.gauntlet.fuzz;

import java.util.Map;
import java.util.TreeMap;

/** What the server made of the hostile frames. Safe for any thread. */
public final class FuzzTally {
    private final Map<String, Long> answers = new TreeMap<>();
    private final Map<Integer, Long> closings = new TreeMap<>();
    private long frames;

    synchronized void sent() {
        frames++;
    }

    /** @param what type and code of an answer */
    synchronized void answered(String what) {
        answers.merge(what, 1L, Long::sum);
    }

    synchronized void closed(int code) {
        closings.merge(code, 1L, Long::sum);
    }

    public synchronized long frames() {
        return frames;
    }

    public synchronized long answers(String what) {
        return answers.getOrDefault(what, 0L);
    }

    @Override
    public synchronized String toString() {
        return frames + " frames, answers " + answers + ", closings " + closings;
    }
}
