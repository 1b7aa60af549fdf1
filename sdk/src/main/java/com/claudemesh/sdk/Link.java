package com.claudemesh.sdk;

import com.claudemesh.protocol.frame.Decoded;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.ServerFrame;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection: opens a socket, says hello, watches that the server is alive, and begins again with growing waits
 * when it ends, until it ends for good. Safe for any thread.
 */
final class Link implements Wire.Owner {
    private static final Logger LOG = System.getLogger(Link.class.getName());
    private static final FrameCodec<ServerFrame> CODEC = FrameCodec.forClient();

    /** What the connection is for. */
    interface Traffic {
        /** Under the link's lock: only to be remembered. */
        void changed(ConnectionState state);

        /** Under the link's lock: from now on this wire asks for texts. */
        void began(Wire wire, HelloAck answer);

        @Nullable
        String next(Wire wire);

        void received(Decoded<ServerFrame> frame);

        boolean hasRoom();

        /** The connection is over; another is tried after a while. */
        void broke(MeshException why, long waitMillis);

        /** The connection is over, and there will not be another. */
        void ended(Ending ending);
    }

    private final SdkRuntime runtime;
    private final URI address;
    private final Supplier<String> hello;
    private final Timings timings;
    private final Backoff backoff;
    private final boolean reconnects;
    private final Traffic traffic;
    private final CompletableFuture<HelloAck> firstOnline = new CompletableFuture<>();

    private volatile ConnectionState state = ConnectionState.IDLE;
    private volatile @Nullable Wire wire;
    private volatile @Nullable HelloAck answer;
    private volatile @Nullable MeshException lastFailure;
    private @Nullable ErrorFrame refusal;
    private @Nullable Future<?> deadline;
    private @Nullable Future<?> pinger;
    private @Nullable Future<?> retry;

    /** @param hello makes the text of a fresh hello */
    Link(
            SdkRuntime runtime,
            URI address,
            Supplier<String> hello,
            Timings timings,
            Backoff backoff,
            boolean reconnects,
            Traffic traffic) {
        this.runtime = runtime;
        this.address = address;
        this.hello = hello;
        this.timings = timings;
        this.backoff = backoff;
        this.reconnects = reconnects;
        this.traffic = traffic;
    }

    ConnectionState state() {
        return state;
    }

    @Nullable
    HelloAck answer() {
        return answer;
    }

    @Nullable
    MeshException lastFailure() {
        return lastFailure;
    }

    /** Begins, unless it has begun; completes when the first hello is accepted. */
    CompletableFuture<HelloAck> connect() {
        synchronized (this) {
            if (state == ConnectionState.IDLE) {
                become(ConnectionState.CONNECTING);
                runtime.workers().execute(this::attempt);
            }
        }
        return firstOnline.copy();
    }

    private void retry() {
        synchronized (this) {
            if (state != ConnectionState.WAITING) {
                return;
            }
            become(ConnectionState.CONNECTING);
        }
        attempt();
    }

    private void attempt() {
        Wire fresh = new Wire(this, runtime, timings.quiet());
        synchronized (this) {
            if (state != ConnectionState.CONNECTING) {
                return;
            }
            wire = fresh;
            refusal = null;
        }
        fresh.open(address, timings.connect());
    }

    private void become(ConnectionState next) {
        state = next;
        traffic.changed(next);
    }

    @Override
    public void opened(Wire which) {
        synchronized (this) {
            if (which != wire) {
                return;
            }
            deadline = runtime.after(
                    timings.hello(), () -> which.abort(Wire.BROKEN, "the hello was not answered in time"));
        }
        which.writeFirst(hello.get());
    }

    @Override
    public void received(Wire which, String text) {
        if (which != wire) {
            return;
        }
        Decoded<ServerFrame> decoded = CODEC.decode(text);
        if (state == ConnectionState.CONNECTING && decoded instanceof Decoded.Known<ServerFrame> known) {
            if (known.frame() instanceof HelloAck accepted) {
                online(which, accepted);
                return;
            }
            if (known.frame() instanceof ErrorFrame error) {
                refused(error);
                return;
            }
        }
        traffic.received(decoded);
    }

    private void online(Wire which, HelloAck accepted) {
        synchronized (this) {
            if (which != wire || state != ConnectionState.CONNECTING) {
                return;
            }
            cancel(deadline);
            pinger = runtime.every(timings.ping(), () -> checkAlive(which));
            backoff.reset();
            answer = accepted;
            refusal = null;
            lastFailure = null;
            become(ConnectionState.ONLINE);
            traffic.began(which, accepted);
        }
        which.kick();
        firstOnline.complete(accepted);
    }

    private synchronized void refused(ErrorFrame error) {
        refusal = error;
    }

    /** A wire that we do not read from at the moment is not silent. */
    private void checkAlive(Wire which) {
        if (which.silentMillis() > timings.silence() && !which.isPaused()) {
            which.abort(Wire.BROKEN, "nothing was heard from the server for " + timings.silence() + " ms");
        } else {
            which.probe();
        }
    }

    @Override
    public @Nullable String next(Wire which) {
        return which == wire ? traffic.next(which) : null;
    }

    @Override
    public boolean readsOn() {
        return traffic.hasRoom();
    }

    /** There is room again for what arrives. */
    void readOn() {
        Wire current = wire;
        if (current != null) {
            current.readOn();
        }
    }

    @Override
    public void ended(Wire which, int code, String reason) {
        Ending ending;
        boolean last;
        long waitMillis = 0;
        synchronized (this) {
            if (which != wire) {
                return;
            }
            stopTimers();
            wire = null;
            if (state == ConnectionState.CLOSED) {
                return;
            }
            ending = Ending.of(refusal, code, reason);
            lastFailure = ending.cause();
            last = ending.terminal() || !reconnects;
            if (last) {
                become(ConnectionState.CLOSED);
            } else {
                waitMillis = ending.replaced() ? backoff.afterReplacementMillis() : backoff.nextMillis();
                become(ConnectionState.WAITING);
            }
        }
        if (last) {
            firstOnline.completeExceptionally(ending.cause());
            traffic.ended(ending);
            return;
        }
        LOG.log(Level.DEBUG, "event=disconnected code={0} retry_millis={1}", code, waitMillis);
        traffic.broke(ending.cause(), waitMillis);
        scheduleRetry(waitMillis);
    }

    private synchronized void scheduleRetry(long waitMillis) {
        if (state == ConnectionState.WAITING) {
            retry = runtime.after(waitMillis, this::retry);
        }
    }

    /**
     * Ends it by our wish; to be called when no write is under way. Completes when the server has said goodbye, or has
     * been given time to.
     */
    CompletableFuture<Void> close() {
        Wire last;
        boolean wasOnline;
        synchronized (this) {
            wasOnline = state == ConnectionState.ONLINE;
            last = wire;
            stopTimers();
            if (state != ConnectionState.CLOSED) {
                become(ConnectionState.CLOSED);
            }
        }
        firstOnline.completeExceptionally(new MeshException.NotConnected("the client was closed"));
        if (last == null) {
            return CompletableFuture.completedFuture(null);
        }
        if (!wasOnline) {
            last.abort(Wire.BROKEN, "the client was closed");
            return CompletableFuture.completedFuture(null);
        }
        return last.sayGoodbye()
                .completeOnTimeout(null, timings.goodbye(), TimeUnit.MILLISECONDS)
                .whenComplete((done, failure) -> last.abort(Wire.BROKEN, "the client was closed"));
    }

    private void stopTimers() {
        cancel(deadline);
        cancel(pinger);
        cancel(retry);
    }

    private static void cancel(@Nullable Future<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }
}
