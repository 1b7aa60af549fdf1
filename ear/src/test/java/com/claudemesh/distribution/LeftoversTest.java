package com.claudemesh.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    /** Unlike PostgreSQL, a shell stays deaf to an interrupt that its parent ignores, as those of background jobs do. */
    private static final int PATIENCE_SECONDS = 1;

    @TempDir
    private Path folder;

    private DataDirectory data;
    private Process process;

    @BeforeEach
    void open() throws IOException {
        data = DataDirectory.open(folder.toRealPath());
        Files.createDirectory(data.postgres());
    }

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void stopAll_nothingThere_findsNothing() throws Exception {
        assertThat(new Leftovers(data).stopAll()).isFalse();
    }

    @Test
    void stopAll_serverOfThisDataDirectory_isEnded() throws Exception {
        process = waitingProcess(folder, Leftovers.markerOf(data));

        assertThat(new Leftovers(data).stopAll()).isTrue();
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void stopAll_serverOfAnotherDataDirectory_isLeftAlone() throws Exception {
        process = waitingProcess(folder, Leftovers.markerOf(data) + "-2");

        assertThat(new Leftovers(data).stopAll()).isFalse();
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void stopAll_databaseProcessInTheCluster_isEnded() throws Exception {
        process = waitingProcess(data.postgres(), "postgres");
        writePidFile(process.pid());

        assertThat(new Leftovers(data, PATIENCE_SECONDS).stopAll()).isTrue();
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void stopAll_pidFileNamesAnotherProcess_onlyTheFileGoes() throws Exception {
        process = waitingProcess(folder, "somebody else");
        writePidFile(process.pid());

        assertThat(new Leftovers(data).stopAll()).isFalse();
        assertThat(process.isAlive()).isTrue();
        assertThat(data.postgres().resolve("postmaster.pid")).doesNotExist();
    }

    private void writePidFile(long pid) throws IOException {
        Files.writeString(data.postgres().resolve("postmaster.pid"), pid + "\n" + data.postgres() + "\n");
    }

    /** Waits for a line that never comes. */
    private static Process waitingProcess(Path workingDirectory, String argument) throws IOException {
        return new ProcessBuilder("sh", "-c", "read line", argument)
                .directory(workingDirectory.toFile())
                .start();
    }
}
