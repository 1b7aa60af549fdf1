package com.claudemesh.ws;

import com.claudemesh.mesh.Authorization;
import com.claudemesh.mesh.Requirement;
import com.claudemesh.presence.Peer;
import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.Ack;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.Send;
import com.claudemesh.protocol.frame.ServerFrame;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * To frames what JAX-RS is to requests: finds the handler, checks that the member may do it, echoes {@code _reqId}, turns
 * failures into typed answers. Registration ends before the first frame; afterwards safe for any thread.
 */
public final class Dispatcher {
    private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

    private record Operation(Requirement requirement, FrameHandler<ClientFrame> handler) {}

    private final Authorization authorization;
    private final Map<Class<? extends ClientFrame>, Operation> operations = new HashMap<>();

    public Dispatcher(Authorization authorization) {
        this.authorization = authorization;
    }

    /** Registers an operation that every member may do. */
    public <F extends ClientFrame> void on(Class<F> type, FrameHandler<F> handler) {
        on(type, Requirement.MEMBER, handler);
    }

    /** Registers an operation; members that are less than required get the error {@code forbidden}. */
    public <F extends ClientFrame> void on(Class<F> type, Requirement requirement, FrameHandler<F> handler) {
        Operation operation = new Operation(requirement, (frame, peer) -> handler.handle(type.cast(frame), peer));
        if (operations.putIfAbsent(type, operation) != null) {
            throw new IllegalStateException("two handlers for " + type.getSimpleName());
        }
    }

    /** What each registered verb requires. */
    Map<Class<?>, Requirement> requirements() {
        Map<Class<?>, Requirement> requirements = new HashMap<>();
        operations.forEach((verb, operation) -> requirements.put(verb, operation.requirement()));
        return requirements;
    }

    void dispatch(ClientFrame frame, @Nullable String requestId, Peer peer, ReplySequence replies) {
        Operation operation = operations.get(frame.getClass());
        if (operation == null) {
            replies.now(unknownType(frame.type(), requestId));
            return;
        }
        try {
            if (authorization.permits(operation.requirement(), peer.meshId(), peer.memberId())) {
                answer(frame, requestId, operation.handler().handle(frame, peer), replies);
            } else {
                replies.now(forbidden(frame, requestId));
            }
        } catch (RuntimeException | Error e) {
            replies.now(failure(frame, requestId, peer, e));
        }
    }

    private void answer(ClientFrame frame, @Nullable String requestId, Reply reply, ReplySequence replies) {
        // The acknowledgement of a send is correlated by its id alone.
        String echoed = frame instanceof Send ? null : requestId;
        if (reply instanceof Reply.Now now) {
            replies.now(FrameCodec.encode(now.frame(), echoed));
        } else if (reply instanceof Reply.Receipt) {
            replies.now(FrameCodec.encode(Ack.receipt(requestId), requestId));
        } else if (reply instanceof Reply.Later later) {
            replies.later(later.frame()
                    .handle((ready, failure) -> failure == null
                            ? FrameCodec.encode(ready, echoed)
                            : failure(frame, requestId, null, failure)));
        }
    }

    private static String forbidden(ClientFrame frame, @Nullable String requestId) {
        String message = "you may not do this in this mesh";
        return frame instanceof Send send
                ? FrameCodec.encode(Ack.refused(send.id(), "forbidden: " + message))
                : FrameCodec.encode(ErrorFrame.of(ErrorCode.FORBIDDEN, message), requestId);
    }

    private static String failure(
            ClientFrame frame, @Nullable String requestId, @Nullable Peer peer, Throwable failure) {
        LOG.log(
                Level.ERROR,
                "event=frame_failed type=" + frame.type() + (peer == null ? "" : " mesh=" + peer.meshId()),
                failure);
        ServerFrame answer = frame instanceof Send send
                ? Ack.refused(send.id(), "internal error: the message was not stored")
                : ErrorFrame.of(ErrorCode.INTERNAL_ERROR, "the request failed; the server's log says why");
        return FrameCodec.encode(answer, frame instanceof Send ? null : requestId);
    }

    static String unknownType(String type, @Nullable String requestId) {
        String shown = type.length() <= 64 ? type : type.substring(0, 64) + "…";
        return FrameCodec.encode(
                ErrorFrame.of(ErrorCode.UNKNOWN_MESSAGE_TYPE, "type: '" + shown + "' is not known"), requestId);
    }
}
