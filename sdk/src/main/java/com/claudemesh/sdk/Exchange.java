package com.claudemesh.sdk;

import com.claudemesh.protocol.frame.Ack;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.Decoded;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.Push;
import com.claudemesh.protocol.frame.ServerFrame;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What goes over a client's connections: sends and their receipts, requests and their answers, pushes. */
final class Exchange implements Link.Traffic {
    private static final Logger LOG = System.getLogger(Exchange.class.getName());

    private final Outgoing outgoing;
    private final Requests requests;
    private final Receiver receiver;

    Exchange(Outgoing outgoing, Requests requests, Receiver receiver) {
        this.outgoing = outgoing;
        this.requests = requests;
        this.receiver = receiver;
    }

    CompletableFuture<Receipt> send(Outbound.Message message) {
        return outgoing.send(message);
    }

    CompletableFuture<Void> tell(ClientFrame frame) {
        return outgoing.write(new Outbound.Once(FrameCodec.encode(frame)));
    }

    CompletableFuture<Void> flush() {
        return outgoing.write(new Outbound.Once(""));
    }

    <R extends ServerFrame> CompletableFuture<R> request(ClientFrame frame, Class<R> expected, long timeoutMillis) {
        Requests.Request<R> request = requests.begin(expected, timeoutMillis);
        if (!request.answer.isDone()) {
            Outbound.Once once = new Outbound.Once(FrameCodec.encode(frame, request.id));
            once.onTaken = request::written;
            outgoing.write(once).whenComplete((written, failure) -> {
                if (failure instanceof MeshException reason) {
                    request.fail(reason);
                }
            });
        }
        return request.answer;
    }

    @Override
    public void changed(ConnectionState state) {
        receiver.stateChanged(state);
    }

    @Override
    public void began(Wire wire, HelloAck answer) {
        receiver.online(answer);
        outgoing.attach(wire);
    }

    @Override
    public @Nullable String next(Wire wire) {
        return outgoing.next(wire);
    }

    @Override
    public boolean hasRoom() {
        return receiver.hasRoom();
    }

    @Override
    public void received(Decoded<ServerFrame> decoded) {
        if (decoded instanceof Decoded.Known<ServerFrame> known) {
            received(known.frame(), known.requestId());
        } else if (decoded instanceof Decoded.UnknownType<ServerFrame> unknown) {
            requests.unreadable(unknown.requestId(), "answered with the unknown type " + unknown.type());
        } else if (decoded instanceof Decoded.Invalid<ServerFrame> invalid) {
            LOG.log(Level.WARNING, "event=unreadable_frame type={0} field={1}", invalid.type(), invalid.field());
            requests.unreadable(invalid.requestId(), "answered with a malformed " + invalid.type());
        } else {
            LOG.log(Level.WARNING, "event=unreadable_frame");
        }
    }

    private void received(ServerFrame frame, @Nullable String requestId) {
        if (frame instanceof Push push) {
            receiver.push(push);
        } else if (!answers(frame) && !requests.answer(frame, requestId)) {
            unasked(frame);
        }
    }

    /** Whether the frame was about a send. */
    private boolean answers(ServerFrame frame) {
        if (frame instanceof Ack ack) {
            return outgoing.answer(ack.id(), receipt(ack));
        }
        return frame instanceof ErrorFrame error
                && error.id() != null
                && outgoing.answer(error.id(), new Receipt.Refused(error.message()));
    }

    private static Receipt receipt(Ack ack) {
        if (ack.queued()) {
            return new Receipt.Stored(ack.messageId(), ack.recipient());
        }
        return new Receipt.Refused(ack.error() == null ? "refused without a reason" : ack.error());
    }

    private void unasked(ServerFrame frame) {
        if (frame instanceof ErrorFrame error) {
            LOG.log(Level.WARNING, "event=server_error code={0} message={1}", error.code(), error.message());
        }
        if (!(frame instanceof Ack)) {
            receiver.unasked(frame);
        }
    }

    @Override
    public void broke(MeshException why, long waitMillis) {
        outgoing.detach();
        requests.failWritten(new MeshException.ConnectionLost("the connection broke: " + why.getMessage()));
        receiver.retrying(why, waitMillis);
    }

    @Override
    public void ended(Ending ending) {
        outgoing.fail(ending.cause());
        requests.failAll(ending.cause());
        receiver.terminal(ending.closeCode(), ending.cause().getMessage());
    }

    /** Takes nothing new; completes when all that was taken is handled, written and answered. */
    CompletableFuture<Void> finish(MeshException reason) {
        outgoing.refuse(reason);
        return receiver.settled().thenCompose(handled -> CompletableFuture.allOf(outgoing.idle(), requests.settled()));
    }

    void abandon(MeshException reason) {
        outgoing.fail(reason);
        requests.failAll(reason);
    }

    boolean isListenerThread() {
        return receiver.isCurrentThread();
    }
}
