package com.claudemesh.sdk;

import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.error.CloseCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket from its opening to its end: whole texts in, at most one write under way, the end reported once. What is
 * to be written is pulled from the owner after the previous write has completed, so nothing is buffered here. Safe for
 * any thread.
 */
final class Wire implements WebSocket.Listener {
    /** The connection ended without a close frame (RFC 6455 §7.1.5). */
    static final int BROKEN = 1006;

    private static final int TEXTS_PER_TURN = 64;

    /** Who uses the wire. Called on threads of the HTTP client; must not block. */
    interface Owner {
        void opened(Wire wire);

        void received(Wire wire, String text);

        /** The next text, or null when there is none now; {@link Wire#kick} asks again. */
        @Nullable
        String next(Wire wire);

        /** False to stop reading until {@link Wire#readOn}. */
        boolean readsOn();

        /** Called once, whoever ended it. */
        void ended(Wire wire, int code, String reason);
    }

    private final Owner owner;
    private final SdkRuntime runtime;
    private final EndProbe probe;
    private final AtomicLong kicks = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean paused = new AtomicBoolean();
    private final AtomicReference<@Nullable String> first = new AtomicReference<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile @Nullable WebSocket socket;
    private volatile long heardNanos = System.nanoTime();

    /** @param quietMillis after a text before it is checked that the socket has not ended unnoticed */
    Wire(Owner owner, SdkRuntime runtime, long quietMillis) {
        this.owner = owner;
        this.runtime = runtime;
        this.probe = new EndProbe(runtime, this, quietMillis);
    }

    /** Pings, and makes an end known that was lost. */
    void probe() {
        probe.run();
    }

    /** Starts the opening; may block for a name look-up. */
    void open(URI address, long timeoutMillis) {
        try {
            runtime.http()
                    .newWebSocketBuilder()
                    .connectTimeout(Duration.ofMillis(timeoutMillis))
                    .buildAsync(address, this)
                    .whenComplete((opened, failure) -> {
                        if (failure != null) {
                            finish(BROKEN, reason(failure));
                        }
                    });
        } catch (IllegalArgumentException | RejectedExecutionException e) {
            finish(BROKEN, reason(e));
        }
    }

    /** Writes a text before anything that the owner has. */
    void writeFirst(String text) {
        first.set(text);
        kick();
    }

    /** Says that the owner may have something to write. */
    void kick() {
        if (kicks.getAndIncrement() == 0) {
            write();
        }
    }

    /**
     * Runs on one thread at a time: whoever raised the kicks from zero, then whoever completed its write. A caller does
     * not write for the others for ever.
     */
    private void write() {
        long seen = kicks.get();
        for (int texts = 0; !ended.get(); texts++) {
            if (texts == TEXTS_PER_TURN) {
                runtime.workers().execute(this::write);
                return;
            }
            String text = nextText();
            if (text == null) {
                seen = kicks.addAndGet(-seen);
                if (seen == 0) {
                    return;
                }
                continue;
            }
            CompletableFuture<WebSocket> written = openSocket().sendText(text, true);
            if (!written.isDone()) {
                written.whenComplete((done, failure) -> {
                    if (failure == null) {
                        write();
                    } else {
                        abort(BROKEN, reason(failure));
                    }
                });
                return;
            }
            if (written.isCompletedExceptionally()) {
                abort(BROKEN, "the write failed");
            }
        }
    }

    private @Nullable String nextText() {
        WebSocket open = socket;
        if (open == null) {
            return null;
        }
        String text = first.getAndSet(null);
        return text == null ? owner.next(this) : text;
    }

    private WebSocket openSocket() {
        WebSocket open = socket;
        if (open == null) {
            throw new IllegalStateException("the socket is not open yet");
        }
        return open;
    }

    /** One ping. If it cannot be written, that ends the wire. */
    void ping() {
        WebSocket open = socket;
        if (open != null && !ended.get()) {
            open.sendPing(ByteBuffer.allocate(0)).whenComplete((sent, failure) -> {
                // Anything else only says that an earlier ping is still being written.
                if (failure instanceof IOException) {
                    abort(BROKEN, reason(failure));
                }
            });
        }
    }

    boolean hasEnded() {
        return ended.get();
    }

    boolean isPaused() {
        return paused.get();
    }

    /** How long nothing has been heard. */
    long silentMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - heardNanos);
    }

    /** Continues reading after the owner stopped it. */
    void readOn() {
        if (paused.compareAndSet(true, false)) {
            heardNanos = System.nanoTime();
            openSocket().request(1);
        }
    }

    /**
     * Sends a close frame and completes when the server has answered it. To be called when no write is under way. The
     * socket is not torn down before: an early reset would make the server lose what it has not read yet.
     */
    CompletableFuture<Void> sayGoodbye() {
        WebSocket open = socket;
        if (open != null && !ended.get()) {
            open.sendClose(CloseCode.NORMAL.code(), "").whenComplete((sent, failure) -> {
                if (failure != null) {
                    abort(BROKEN, reason(failure));
                }
            });
        }
        return end;
    }

    /** Tears the socket down. */
    void abort(int code, String reason) {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
        finish(code, reason);
    }

    private void finish(int code, String reason) {
        if (ended.compareAndSet(false, true)) {
            owner.ended(this, code, reason);
            end.complete(null);
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        heardNanos = System.nanoTime();
        socket = opened;
        if (ended.get()) {
            opened.abort();
            return;
        }
        owner.opened(this);
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        heardNanos = System.nanoTime();
        probe.heard();
        if (partial.length() + data.length() > Limits.MAX_FRAME_BYTES) {
            abort(CloseCode.TOO_BIG.code(), "the server sent an oversized frame");
            return null;
        }
        if (last && partial.length() == 0) {
            owner.received(this, data.toString());
        } else {
            partial.append(data);
            if (last) {
                owner.received(this, partial.toString());
                partial.setLength(0);
                partial.trimToSize();
            }
        }
        requestNext(from);
        return null;
    }

    private void requestNext(WebSocket from) {
        if (owner.readsOn()) {
            from.request(1);
            return;
        }
        paused.set(true);
        // The owner may have caught up in between, and would then not call again.
        if (owner.readsOn()) {
            readOn();
        }
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        return heardSomethingElse(from);
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        return heardSomethingElse(from);
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        return heardSomethingElse(from);
    }

    private @Nullable CompletionStage<?> heardSomethingElse(WebSocket from) {
        heardNanos = System.nanoTime();
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        finish(code, reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        abort(BROKEN, reason(failure));
    }

    /** The innermost message, without class names where there is one. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
