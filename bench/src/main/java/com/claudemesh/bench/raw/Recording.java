package com.claudemesh.bench.raw;

import com.claudemesh.bench.server.FlightRecorder;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A flight recording of the server from the first message of a workload to the last, without what comes before.
 *
 * @param file where it goes; null for no recording
 */
public record Recording(
        @Nullable FlightRecorder recorder, @Nullable Path file) {
    public static final Recording NONE = new Recording(null, null);

    void begin() throws IOException, InterruptedException {
        if (recorder != null) {
            recorder.start();
        }
    }

    void end() throws IOException, InterruptedException {
        if (recorder != null && file != null) {
            recorder.stop(file);
        }
    }
}
