package com.claudemesh.bench.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** The names of all threads, as the kernel keeps them: the first 15 characters. */
    public List<String> threadNames() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks) {
                nameOf(task).ifPresent(names::add);
            }
        }
        return names;
    }

    /** Empty for a thread that has just ended. */
    private static Optional<String> nameOf(Path task) throws IOException {
        try {
            return Optional.of(Files.readString(task.resolve("comm")).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
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
