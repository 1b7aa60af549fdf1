package com.claudemesh.bench.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The live objects of another Java process of the same user, counted by {@code jcmd} after a full collection. */
public record JavaHeap(long pid) {
    private static final int READINGS = 3;

    /** Bytes of live objects: the least of three readings, so that garbage of the moment does not count. */
    public long liveBytes() throws IOException, InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < READINGS; i++) {
            least = Math.min(least, totalBytes(histogram()));
        }
        return least;
    }

    /** The class histogram as {@code jcmd GC.class_histogram} prints it, biggest classes first. */
    public String histogram() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("jcmd could not look into process " + pid + ": " + text.strip());
        }
        return text;
    }

    /** The last line reads {@code Total <objects> <bytes>}. */
    static long totalBytes(String histogram) throws IOException {
        String[] lines = histogram.strip().split("\n");
        String[] words = lines[lines.length - 1].strip().split("\\s+");
        if (words.length != 3 || !words[0].equals("Total")) {
            throw new IOException("not a class histogram: " + lines[lines.length - 1]);
        }
        return Long.parseLong(words[2]);
    }
}
