package com.claudemesh.ws;

import com.claudemesh.presence.Peer;
import com.claudemesh.protocol.error.CloseCode;
import com.claudemesh.protocol.error.ErrorCode;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** All open sockets of this node, and the clockwork that drops silent, stalled and dead ones. Safe for any thread. */
final class Connections {
    private final Map<Connection, TyrusSocket> open = new ConcurrentHashMap<>();
    private final Set<Connection> unauthenticated = ConcurrentHashMap.newKeySet();
    private final SocketLimits limits;
    private final AtomicLong pingedAtNanos = new AtomicLong(System.nanoTime());

    Connections(SocketLimits limits) {
        this.limits = limits;
    }

    /** Admits a socket; one too many is closed with {@code 1013}. */
    void add(Connection connection, TyrusSocket socket) {
        socket.allowFrameBytes(limits.maxFrameBytesBeforeHello());
        open.put(connection, socket);
        unauthenticated.add(connection);
        if (unauthenticated.size() > limits.settings().maxUnauthenticated()) {
            connection.outbox().abort(CloseCode.TRY_AGAIN_LATER, ErrorCode.TOO_MANY_SOCKETS.wire());
        }
    }

    void welcomed(Connection connection) {
        TyrusSocket socket = open.get(connection);
        if (socket != null) {
            socket.allowFrameBytes(limits.maxFrameBytes());
        }
        unauthenticated.remove(connection);
    }

    void remove(Connection connection) {
        open.remove(connection);
        unauthenticated.remove(connection);
    }

    long size() {
        return open.size();
    }

    /** One round: hello deadlines, stalled writes, dead peers, pings when due. Call about every second. */
    void sweep() {
        long now = System.nanoTime();
        boolean pingDue = now - pingedAtNanos.get()
                >= TimeUnit.MILLISECONDS.toNanos(limits.settings().pingIntervalMillis());
        if (pingDue) {
            pingedAtNanos.set(now);
        }
        open.forEach((connection, socket) -> check(connection, socket, now, pingDue));
    }

    private void check(Connection connection, TyrusSocket socket, long now, boolean pingDue) {
        Peer peer = connection.peer();
        if (peer == null) {
            if (isOver(connection.ageNanos(now), limits.settings().helloDeadlineMillis())) {
                connection.helloOverdue();
                drop(connection, now);
            }
        } else if (isOver(connection.silentNanos(now), limits.settings().pongTimeoutMillis())) {
            connection.outbox().abort(CloseCode.GOING_AWAY, "no pong");
            connection.closed();
        } else if (pingDue) {
            socket.ping();
        }
        if (isOver(connection.outbox().stalledNanos(now), limits.settings().stalledWriteMillis())) {
            connection.outbox().abort(CloseCode.TRY_AGAIN_LATER, "slow reader");
            connection.closed();
        }
    }

    /** A client that does not even read its farewell is cut off after as long again. */
    private void drop(Connection connection, long now) {
        if (isOver(connection.ageNanos(now), 2L * limits.settings().helloDeadlineMillis())) {
            connection.outbox().abort(CloseCode.POLICY, ErrorCode.HELLO_TIMEOUT.wire());
            connection.closed();
        }
    }

    private static boolean isOver(long nanos, long limitMillis) {
        return nanos > TimeUnit.MILLISECONDS.toNanos(limitMillis);
    }

    /** Says goodbye to everybody. */
    void closeAll() {
        open.keySet().forEach(connection -> connection.outbox().abort(CloseCode.GOING_AWAY, "shutting down"));
        open.keySet().forEach(Connection::closed);
    }
}
