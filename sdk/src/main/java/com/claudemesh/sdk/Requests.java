package com.claudemesh.sdk;

import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.ServerFrame;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Matches answers to requests by {@code _reqId}; an answer without one goes to the oldest request that expects its type,
 * because older servers leave it out and answer in order. Safe for any thread; futures are completed without its lock.
 */
final class Requests {
    /** Most requests that wait for an answer at a time. */
    static final int MAX_PENDING = 1_000;

    private final SdkRuntime runtime;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<String, Request<?>> pending = new LinkedHashMap<>();

    Requests(SdkRuntime runtime) {
        this.runtime = runtime;
    }

    /** A request that waits for its answer. */
    static final class Request<R extends ServerFrame> {
        final String id;
        final CompletableFuture<R> answer = new CompletableFuture<>();
        private final Class<R> expected;
        /** Whether it may have reached the server; if so, it does not outlive its connection. */
        private volatile boolean written;

        private Request(String id, Class<R> expected) {
            this.id = id;
            this.expected = expected;
        }

        void written() {
            written = true;
        }

        void fail(MeshException reason) {
            answer.completeExceptionally(reason);
        }

        private void complete(ServerFrame frame) {
            if (frame instanceof ErrorFrame error && expected != ErrorFrame.class) {
                fail(new MeshException.RequestFailed(error.code(), error.message()));
            } else if (expected.isInstance(frame)) {
                answer.complete(expected.cast(frame));
            } else {
                fail(new MeshException.RequestFailed("unexpected_answer", "answered with " + frame.type()));
            }
        }
    }

    /** Begins a request; it is forgotten when its future is completed, whoever does that. */
    <R extends ServerFrame> Request<R> begin(Class<R> expected, long timeoutMillis) {
        Request<R> request = new Request<>("r" + numbers.incrementAndGet(), expected);
        synchronized (this) {
            if (pending.size() >= MAX_PENDING) {
                request.fail(new MeshException.NotConnected("too many requests wait for an answer"));
                return request;
            }
            pending.put(request.id, request);
        }
        Future<?> timeout = runtime.after(
                timeoutMillis, () -> request.fail(new MeshException.TimedOut("no answer in " + timeoutMillis + " ms")));
        request.answer.whenComplete((answer, failure) -> {
            timeout.cancel(false);
            forget(request);
        });
        return request;
    }

    private synchronized void forget(Request<?> request) {
        pending.remove(request.id);
    }

    /** False when nobody waits for this frame. */
    boolean answer(ServerFrame frame, @Nullable String requestId) {
        Request<?> request = requestId == null ? oldestFor(frame) : byId(requestId);
        if (request == null) {
            return false;
        }
        request.complete(frame);
        return true;
    }

    private synchronized @Nullable Request<?> byId(String requestId) {
        return pending.get(requestId);
    }

    private synchronized @Nullable Request<?> oldestFor(ServerFrame frame) {
        if (frame instanceof ErrorFrame error) {
            return error.id() == null ? null : pending.get(error.id());
        }
        Iterator<Request<?>> oldestFirst = pending.values().iterator();
        while (oldestFirst.hasNext()) {
            Request<?> request = oldestFirst.next();
            if (request.written && request.expected == frame.getClass()) {
                return request;
            }
        }
        return null;
    }

    /** The server answered with something that this version cannot read. */
    void unreadable(@Nullable String requestId, String why) {
        Request<?> request = requestId == null ? null : byId(requestId);
        if (request != null) {
            request.fail(new MeshException.RequestFailed("unreadable_answer", why));
        }
    }

    /** The connection broke: requests that were written on it will not be answered. */
    void failWritten(MeshException reason) {
        select(request -> request.written).forEach(request -> request.fail(reason));
    }

    void failAll(MeshException reason) {
        select(request -> true).forEach(request -> request.fail(reason));
    }

    /** Completes when everything that waits now is answered, one way or the other. */
    CompletableFuture<Void> settled() {
        return CompletableFuture.allOf(select(request -> true).stream()
                .map(request -> request.answer.handle((answer, failure) -> null))
                .toArray(CompletableFuture<?>[]::new));
    }

    private synchronized Collection<Request<?>> select(Predicate<Request<?>> wanted) {
        List<Request<?>> selected = new ArrayList<>(pending.values());
        selected.removeIf(wanted.negate());
        return selected;
    }
}
