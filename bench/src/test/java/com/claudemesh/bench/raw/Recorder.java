package com.claudemesh.bench.raw;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what happens on a socket. */
final class Recorder implements RawSocket.Handler {
    record Closed(int code, String reason) {}

    final CompletableFuture<RawSocket> opened = new CompletableFuture<>();
    final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

    @Override
    public void opened(RawSocket socket) {
        opened.complete(socket);
    }

    @Override
    public void text(RawSocket socket, byte[] bytes, int offset, int length) {
        texts.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void closed(RawSocket socket, int code, String reason) {
        closed.complete(new Closed(code, reason));
    }

    String nextText() throws InterruptedException {
        return nextTextWithin(5_000);
    }

    /** Null when none came in that time. */
    String nextTextWithin(long millis) throws InterruptedException {
        return texts.poll(millis, TimeUnit.MILLISECONDS);
    }
}
