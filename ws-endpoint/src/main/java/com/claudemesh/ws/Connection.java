package com.claudemesh.ws;

import com.claudemesh.platform.SocketSettings;
import com.claudemesh.presence.Peer;
import com.claudemesh.protocol.error.CloseCode;
import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.Ack;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.Decoded;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.Hello;
import com.claudemesh.protocol.frame.SessionHello;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One socket from open to close: greeting, then a live peer, then closed. The {@code received…} methods belong to the
 * socket thread; everything after the inbox runs on a worker, one frame at a time.
 */
final class Connection {
    private final ConnectionContext context;
    private final Outbox outbox;
    private final SerialInbox inbox;
    private final ReplySequence replies;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final long openedAtNanos = System.nanoTime();
    private volatile long heardAtNanos = openedAtNanos;
    private final String clientAddress;
    private volatile @Nullable Peer peer;

    Connection(ConnectionContext context, Outbox outbox, String clientAddress) {
        this.context = context;
        this.outbox = outbox;
        this.clientAddress = clientAddress;
        SocketSettings settings = context.limits().settings();
        this.inbox = new SerialInbox(context.workers(), settings.inboxMaxFrames(), settings.inboxMaxBytes());
        this.replies = new ReplySequence(outbox::reply);
    }

    Outbox outbox() {
        return outbox;
    }

    /** The peer once the hello was accepted. */
    @Nullable
    Peer peer() {
        return peer;
    }

    void received(String text) {
        heardAtNanos = System.nanoTime();
        Decoded<ClientFrame> decoded = context.codec().decode(text);
        if (!inbox.offer(() -> handle(decoded), text.length())) {
            outbox.abort(CloseCode.TRY_AGAIN_LATER, "too many unhandled frames");
        }
    }

    void receivedPong() {
        heardAtNanos = System.nanoTime();
        Peer current = peer;
        if (current != null) {
            current.ponged(context.clock().instant());
        }
    }

    /** The socket is closed, or will be: frames received before are still applied, then the peer leaves. */
    void closed() {
        if (closed.compareAndSet(false, true)) {
            outbox.end();
            inbox.offerLast(this::leave);
        }
    }

    private void leave() {
        Peer leaving = peer;
        if (leaving != null) {
            context.greeter().left(leaving);
        }
    }

    private void handle(Decoded<ClientFrame> decoded) {
        if (decoded instanceof Decoded.Malformed<ClientFrame>) {
            context.countMalformed();
            return;
        }
        Peer current = peer;
        if (current == null) {
            greet(decoded);
        } else if (!current.ending()) {
            serve(decoded, current);
        }
    }

    private void greet(Decoded<ClientFrame> decoded) {
        if (decoded instanceof Decoded.Known<ClientFrame> known && isHello(known.frame())) {
            Greeter.Greeting greeting = context.greeter().greet(known.frame(), outbox, clientAddress);
            if (greeting instanceof Greeter.Welcome welcome) {
                welcome(welcome);
            } else if (greeting instanceof Greeter.Refusal refusal) {
                refuse(refusal.code(), refusal.message(), known.requestId());
            }
        } else if (decoded instanceof Decoded.Invalid<ClientFrame> invalid && isHello(invalid.type())) {
            context.greeter().countRejected(ErrorCode.MALFORMED);
            refuse(ErrorCode.MALFORMED, invalid.message(), invalid.requestId());
        } else {
            String answer = FrameCodec.encode(ErrorFrame.of(ErrorCode.NO_HELLO, "say hello first"), requestId(decoded));
            replies.now(answer);
        }
    }

    private void welcome(Greeter.Welcome welcome) {
        peer = welcome.peer();
        // First: whoever reads the answer may send large frames at once.
        context.welcomed(this);
        outbox.open(FrameCodec.encode(welcome.answer(), null));
        context.greeter().announce(welcome);
    }

    private void refuse(ErrorCode code, String message, @Nullable String requestId) {
        outbox.reply(FrameCodec.encode(ErrorFrame.of(code, message), requestId));
        outbox.close(code.close().orElse(CloseCode.TRY_AGAIN_LATER), code.closeReason());
    }

    private void serve(Decoded<ClientFrame> decoded, Peer current) {
        if (decoded instanceof Decoded.Known<ClientFrame> known) {
            if (isHello(known.frame())) {
                replies.now(FrameCodec.encode(
                        ErrorFrame.of(ErrorCode.ALREADY_HELLO, "this connection has said hello"), known.requestId()));
            } else {
                context.dispatcher().dispatch(known.frame(), known.requestId(), current, replies);
            }
        } else if (decoded instanceof Decoded.UnknownType<ClientFrame> unknown) {
            replies.now(Dispatcher.unknownType(unknown.type(), unknown.requestId()));
        } else if (decoded instanceof Decoded.Invalid<ClientFrame> invalid) {
            replies.now(invalid(invalid));
        }
    }

    private static String invalid(Decoded.Invalid<ClientFrame> invalid) {
        if (invalid.type().equals("send")) {
            return FrameCodec.encode(Ack.refused(invalid.correlationId(), "invalid: " + invalid.message()));
        }
        return FrameCodec.encode(ErrorFrame.of(ErrorCode.INVALID_ARGS, invalid.message()), invalid.requestId());
    }

    private static boolean isHello(ClientFrame frame) {
        return frame instanceof Hello || frame instanceof SessionHello;
    }

    private static boolean isHello(String type) {
        return type.equals("hello") || type.equals("session_hello");
    }

    private static @Nullable String requestId(Decoded<ClientFrame> decoded) {
        if (decoded instanceof Decoded.Known<ClientFrame> known) {
            return known.requestId();
        }
        if (decoded instanceof Decoded.UnknownType<ClientFrame> unknown) {
            return unknown.requestId();
        }
        return decoded instanceof Decoded.Invalid<ClientFrame> invalid ? invalid.requestId() : null;
    }

    /** Nanoseconds since the socket opened. */
    long ageNanos(long nowNanos) {
        return nowNanos - openedAtNanos;
    }

    /** Nanoseconds since anything, a pong included, came from the client. */
    long silentNanos(long nowNanos) {
        return nowNanos - heardAtNanos;
    }

    void helloOverdue() {
        refuse(ErrorCode.HELLO_TIMEOUT, "no hello within the deadline", null);
    }
}
