package com.claudemesh.web.v1.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A connection whose reader takes as many writes as a test says. */
final class FakeSink implements StreamSink {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int writesLeft;
    private boolean broken;
    private int closes;
    private int drops;
    private boolean disconnected;

    /** Takes that many writes and flushes more. */
    FakeSink takes(int writes) {
        writesLeft += writes;
        return this;
    }

    void breaks() {
        broken = true;
    }

    /** The container knows that the reader is gone. */
    void disconnects() {
        disconnected = true;
    }

    int drops() {
        return drops;
    }

    String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    int closes() {
        return closes;
    }

    @Override
    public boolean isReady() {
        return writesLeft > 0;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        take();
        written.writeBytes(bytes);
    }

    @Override
    public void flush() throws IOException {
        take();
    }

    private void take() throws IOException {
        if (broken) {
            throw new IOException("the reader is gone");
        }
        if (writesLeft-- <= 0) {
            throw new IllegalStateException("written without being ready");
        }
    }

    @Override
    public void close() {
        closes++;
    }

    @Override
    public void drop() {
        drops++;
    }

    @Override
    public boolean isConnected() {
        return !disconnected;
    }
}
