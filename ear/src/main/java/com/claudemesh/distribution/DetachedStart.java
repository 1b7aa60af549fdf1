package com.claudemesh.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Starts a supervisor of its own, shows what it says until the server is ready, and leaves it running. */
final class DetachedStart {
    private static final long POLL_NANOS = 100_000_000;

    private final Options options;

    DetachedStart(Options options) {
        this.options = options;
    }

    int run() throws IOException {
        Home home = Home.ofThisProcess();
        DataDirectory data = DataDirectory.open(options.data());
        ForegroundStart.refuseWhenRunning(data);
        Path output = data.supervisorLog();
        Files.deleteIfExists(output);
        Files.createFile(output, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Process supervisor = new ProcessBuilder(Processes.inOwnSession(command(home)))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        supervisor.getOutputStream().close();
        try (InputStream said = Files.newInputStream(output)) {
            while (supervisor.isAlive() && !isReady(data, supervisor.pid())) {
                said.transferTo(System.out);
                LockSupport.parkNanos(POLL_NANOS);
            }
            said.transferTo(supervisor.isAlive() ? System.out : System.err);
        }
        return supervisor.isAlive() ? 0 : supervisor.exitValue();
    }

    private List<String> command(Home home) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                home.libraries() + "/*",
                Main.class.getName()));
        command.addAll(List.of(
                "--port",
                Integer.toString(options.port()),
                "--data",
                options.data().toString()));
        return command;
    }

    private static boolean isReady(DataDirectory data, long supervisorPid) throws IOException {
        return RunState.read(data)
                .filter(state -> state.supervisor().pid() == supervisorPid && state.readySinceMillis() != null)
                .isPresent();
    }
}
