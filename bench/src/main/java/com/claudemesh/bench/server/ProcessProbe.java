package com.claudemesh.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What one process holds, read from {@code /proc}. */
public record ProcessProbe(long pid) {

    /** Memory that is in RAM, in bytes. */
    public long residentBytes() throws IOException {
        return statusNumber("VmRSS:") * 1024;
    }

    public int threads() throws IOException {
        return (int) statusNumber("Threads:");
    }

    public int openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return (int) files.count();
        }
    }

    public boolean isAlive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Ends it without warning (SIGKILL); blocks until it is gone. */
    public void kill() {
        ProcessHandle.of(pid).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    private long statusNumber(String key) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            String line = lines.filter(one -> one.startsWith(key))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no " + key + " of process " + pid));
            return Long.parseLong(line.substring(key.length()).strip().split(" ")[0]);
        }
    }
}
