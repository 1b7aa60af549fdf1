package com.claudemesh.distribution;

import com.claudemesh.platform.PrivateFile;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What runs for a data directory, as the supervisor last wrote it. A supervisor that was killed leaves it behind: whoever
 * reads it asks whether the processes are alive.
 *
 * @param postgres null with an external database
 * @param readySinceMillis null until the first readiness
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunState(
        ProcessRef supervisor,
        @Nullable ProcessRef server,
        @Nullable ProcessRef postgres,
        String http,
        String webSocket,
        String data,
        int adminPort,
        @Nullable Integer postgresPort,
        @Nullable Long readySinceMillis) {

    static Optional<RunState> read(DataDirectory data) throws IOException {
        try {
            return Optional.of(Json.mapper().readValue(Files.readString(data.state()), RunState.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    void write(DataDirectory data) throws IOException {
        PrivateFile.write(data.state(), Json.mapper().writeValueAsString(this) + "\n");
    }

    static void clear(DataDirectory data) throws IOException {
        Files.deleteIfExists(data.state());
    }
}
