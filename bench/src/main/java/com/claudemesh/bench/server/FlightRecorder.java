package com.claudemesh.bench.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Java Flight Recorder of another process of the same user, with the JDK's {@code profile} settings. */
public record FlightRecorder(long pid) {
    private static final String NAME = "claudemesh-bench";

    public void start() throws IOException, InterruptedException {
        jcmd("JFR.start", "name=" + NAME, "settings=profile");
    }

    /** Writes what was recorded since the start to that file. */
    public void stop(Path file) throws IOException, InterruptedException {
        jcmd("JFR.stop", "name=" + NAME, "filename=" + file.toAbsolutePath());
    }

    private void jcmd(String... words) throws IOException, InterruptedException {
        String[] command = new String[words.length + 2];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        command[1] = Long.toString(pid);
        System.arraycopy(words, 0, command, 2, words.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(words[0] + " of process " + pid + " failed: " + text.strip());
        }
    }
}
