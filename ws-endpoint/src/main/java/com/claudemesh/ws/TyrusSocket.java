package com.claudemesh.ws;

import com.claudemesh.presence.Outbound;
import com.claudemesh.protocol.error.CloseCode;
import com.claudemesh.ws.framing.MessageAllowance;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;

/** A Jakarta WebSocket session as the outbox's socket. */
final class TyrusSocket implements Outbox.Socket {
    private static final Logger LOG = System.getLogger(TyrusSocket.class.getName());

    private final Session session;
    private final MessageAllowance allowance;

    /** @param allowance of the guard in front of the container's buffers */
    TyrusSocket(Session session, MessageAllowance allowance) {
        this.session = session;
        this.allowance = allowance;
    }

    @Override
    public void write(String text, Outbound.Completion done) {
        try {
            session.getAsyncRemote().sendText(text, result -> done.done(result.isOK()));
        } catch (IllegalStateException | IllegalArgumentException e) {
            // Tyrus answers a send on a closed session with IllegalStateException instead of the handler.
            LOG.log(Level.DEBUG, "event=write_on_closed_socket", e);
            done.done(false);
        } catch (RuntimeException | Error e) {
            // Tyrus throws an Error for a text that has no UTF-8 form. Without an answer the outbox would wait for
            // ever.
            LOG.log(Level.ERROR, "event=write_refused", e);
            done.done(false);
        }
    }

    void ping() {
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "event=ping_failed", e);
        }
    }

    @Override
    public void close(CloseCode code, String reason) {
        try {
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code.code()), reason));
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "event=close_failed", e);
        }
    }

    /** From now on larger frames are accepted; the container closes with 1009 beyond. */
    void allowFrameBytes(int maxBytes) {
        session.setMaxTextMessageBufferSize(maxBytes);
        session.setMaxBinaryMessageBufferSize(maxBytes);
        allowance.allowMessageBytes(maxBytes);
    }
}
