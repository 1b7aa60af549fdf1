package com.claudemesh.sdk;

import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.Push;
import com.claudemesh.protocol.frame.ServerFrame;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Everything that reaches the listener, one at a time and in order. A message is opened, kept, reported, and only then
 * acknowledged. Safe for any thread; works on the lane.
 */
final class Receiver {
    private static final Logger LOG = System.getLogger(Receiver.class.getName());
    /** Work that may wait before the socket is no longer read. */
    static final int MAX_WAITING = 1_000;

    private static final int RESUME_WAITING = MAX_WAITING / 2;
    private static final String WEBHOOK = "webhook";
    private static final DateTimeFormatter ISO =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final SerialLane lane;
    private final MessageOpener opener;
    private final InboxStore inbox;
    private final MeshListener listener;
    private final Clock clock;
    private final Consumer<String> acknowledge;
    private final Runnable readOn;

    /**
     * @param acknowledge is given the id of every message that is safe
     * @param readOn called when there is room again
     */
    Receiver(
            SerialLane lane,
            MessageOpener opener,
            InboxStore inbox,
            MeshListener listener,
            Clock clock,
            Consumer<String> acknowledge,
            Runnable readOn) {
        this.lane = lane;
        this.opener = opener;
        this.inbox = inbox;
        this.listener = listener;
        this.clock = clock;
        this.acknowledge = acknowledge;
        this.readOn = readOn;
    }

    boolean hasRoom() {
        return lane.waiting() < MAX_WAITING;
    }

    boolean isCurrentThread() {
        return lane.isCurrentThread();
    }

    void push(Push push) {
        lane.run(() -> {
            if (push.isSystem() || WEBHOOK.equals(push.subtype())) {
                report("system event", () -> listener.onSystem(push));
            } else {
                receive(push);
            }
            if (lane.waiting() <= RESUME_WAITING) {
                readOn.run();
            }
        });
    }

    private void receive(Push push) {
        IncomingMessage message = opener.open(push, ISO.format(clock.instant()));
        boolean fresh;
        try {
            fresh = inbox.add(message);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "event=message_not_kept message=" + push.messageId(), e);
            return;
        }
        if (fresh) {
            report("message " + push.messageId(), () -> listener.onMessage(message));
        }
        acknowledge.accept(push.messageId());
    }

    void online(HelloAck answer) {
        later("hello_ack", () -> listener.onOnline(answer));
    }

    void stateChanged(ConnectionState state) {
        later("state " + state, () -> listener.onStateChange(state));
    }

    void retrying(MeshException reason, long waitMillis) {
        later("retry", () -> listener.onRetry(reason, waitMillis));
    }

    void terminal(int closeCode, String reason) {
        later("end", () -> listener.onTerminal(closeCode, reason));
    }

    void unasked(ServerFrame frame) {
        later(frame.type(), () -> listener.onFrame(frame));
    }

    /** Completes when everything that has arrived so far is handled. */
    CompletableFuture<Void> settled() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        lane.run(() -> done.complete(null));
        return done;
    }

    private void later(String what, Runnable call) {
        lane.run(() -> report(what, call));
    }

    /** A listener's failure is its own: the message counts as handled and the connection lives on. */
    private static void report(String what, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "event=listener_failed what=" + what, e);
        }
    }
}
