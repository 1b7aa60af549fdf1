package com.claudemesh.web.v1.stream;

import java.io.IOException;

/** Where a stream is written to, without blocking. Used by one thread at a time, where nothing else is said. */
interface StreamSink {

    /** Whether a write or flush would be taken now; when not, the owner is told once it is. */
    boolean isReady();

    /** Only when {@link #isReady}. */
    void write(byte[] bytes) throws IOException;

    /** Only when {@link #isReady}. */
    void flush() throws IOException;

    /** Ends the answer; what was written is still sent. */
    void close();

    /** Ends the answer and its connection; what was written may be lost. */
    void drop();

    /** False once it is known that nobody reads any more; any thread may ask. */
    boolean isConnected();
}
