package com.claudemesh.bench.raw;

import java.util.ArrayList;
import java.util.List;

/** The event loops of a run. */
final class Generator implements AutoCloseable {
    private final List<EventLoop> loops = new ArrayList<>();

    Generator(int threads) {
        for (int i = 0; i < threads; i++) {
            loops.add(new EventLoop("raw-" + i));
        }
    }

    /** The loop of that lane; everything of one lane is on one loop. */
    EventLoop loop(int lane) {
        return loops.get(lane % loops.size());
    }

    @Override
    public void close() {
        loops.forEach(EventLoop::close);
    }
}
