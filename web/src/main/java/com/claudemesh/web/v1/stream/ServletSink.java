package com.claudemesh.web.v1.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** A servlet's answer in asynchronous mode, written without blocking (Jakarta Servlet 6.0 §5.7). */
final class ServletSink implements StreamSink {
    private static final Logger LOG = System.getLogger(ServletSink.class.getName());

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Optional<ReaderConnection> connection;

    /** @param maxWaitingBytes what the container may hold back for a slow reader */
    ServletSink(AsyncContext async, int maxWaitingBytes) throws IOException {
        this.async = async;
        async.setTimeout(0);
        this.out = async.getResponse().getOutputStream();
        this.connection = ReaderConnection.below(async.getRequest(), maxWaitingBytes);
    }

    /** Sends the headers and lets the stream write from then on. */
    void connect(TopicStream stream) throws IOException {
        ServletResponse response = async.getResponse();
        response.flushBuffer();
        async.addListener(new Ends(stream));
        out.setWriteListener(new WriteListener() {
            @Override
            public void onWritePossible() {
                stream.output().ready();
            }

            @Override
            public void onError(Throwable failure) {
                stream.abort();
            }
        });
    }

    @Override
    public boolean isReady() {
        return out.isReady();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() {
        try {
            async.complete();
        } catch (IllegalStateException e) {
            // The container was first: the connection is gone.
            LOG.log(Level.DEBUG, "event=stream_completed_by_container", e);
        }
    }

    @Override
    public void drop() {
        connection.ifPresent(ReaderConnection::terminate);
        close();
    }

    @Override
    public boolean isConnected() {
        return connection.map(ReaderConnection::isOpen).orElse(true);
    }

    /** What the container finds out by itself. */
    private record Ends(TopicStream stream) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            stream.abort();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            stream.abort();
        }

        @Override
        public void onError(AsyncEvent event) {
            stream.abort();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // Nobody starts it again.
        }
    }
}
