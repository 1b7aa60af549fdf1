package com.claudemesh.ws;

import com.claudemesh.mesh.Authorization;
import com.claudemesh.mesh.MemberService;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.messaging.MessagingService;
import com.claudemesh.platform.Metrics;
import com.claudemesh.platform.Settings;
import com.claudemesh.presence.Admission;
import com.claudemesh.presence.Announcer;
import com.claudemesh.presence.Departure;
import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.ws.framing.GuardedUpgrade;
import com.claudemesh.ws.framing.MessageAllowance;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Puts the socket layer together and runs its threads for as long as the application is deployed. */
@ApplicationScoped
public class WebSocketServer {
    private static final Logger LOG = System.getLogger(WebSocketServer.class.getName());
    private static final int WORKER_THREADS = 8;
    private static final int WRITER_THREADS = 4;

    @Inject
    Settings settings;

    @Inject
    Metrics metrics;

    @Inject
    Admission admission;

    @Inject
    Announcer announcer;

    @Inject
    Departure departure;

    @Inject
    MessagingService messaging;

    @Inject
    Authorization authorization;

    @Inject
    MemberService members;

    @Inject
    MeshDirectory directory;

    @Inject
    Clock clock;

    @Inject
    Instance<FrameHandlers> handlers;

    @Resource
    ManagedThreadFactory threads;

    private final AtomicBoolean warnedOfMissingGuard = new AtomicBoolean();
    private ExecutorService workers;
    private WriterPool writers;
    private ScheduledExecutorService sweeper;
    private Connections connections;
    private ConnectionContext context;

    @PostConstruct
    void start() {
        workers = Executors.newFixedThreadPool(WORKER_THREADS, threads);
        writers = new WriterPool(WRITER_THREADS, threads);
        sweeper = Executors.newSingleThreadScheduledExecutor(threads);
        Dispatcher dispatcher = new Dispatcher(authorization);
        handlers.forEach(domain -> domain.register(dispatcher));
        SocketLimits limits = limits();
        connections = new Connections(limits);
        Greeter greeter = new Greeter(
                admission,
                announcer,
                departure,
                messaging,
                members,
                directory,
                metrics.counter("broker_connections_rejected_total", "Refused hellos, by reason"));
        var rejected = metrics.counter("broker_messages_rejected_total", "Messages refused, by reason");
        context = new ConnectionContext(
                FrameCodec.forServer(),
                dispatcher,
                greeter,
                workers,
                limits,
                clock,
                () -> rejected.increment("reason", "parse_or_handler"),
                connections::welcomed);
        metrics.gauge("broker_connections_active", "Open WebSocket connections", connections::size);
        sweeper.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.SECONDS);
    }

    private SocketLimits limits() {
        return new SocketLimits(
                Math.max(Limits.MAX_FRAME_BYTES_BEFORE_HELLO, settings.maxMessageBytes()),
                Math.max(Limits.MAX_FRAME_BYTES, settings.maxMessageBytes() + Limits.MAX_FRAME_BYTES_BEFORE_HELLO),
                settings.sockets());
    }

    private void sweep() {
        try {
            connections.sweep();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "event=socket_sweep_failed", e);
        }
    }

    Connection open(Session session) {
        metrics.counter("broker_connections_total", "WebSocket connections accepted")
                .increment();
        TyrusSocket socket = new TyrusSocket(session, guard());
        Outbox outbox = new Outbox(socket, writers, context.limits().settings().outboxMaxBytes());
        Connection connection = new Connection(
                context, outbox, ClientAddress.of(session, settings.accounts().trustedProxies()));
        connections.add(connection, socket);
        return connection;
    }

    /** Of the connection that this thread is opening. Without a guard, the container's own limits are all there is. */
    private MessageAllowance guard() {
        return GuardedUpgrade.opening().orElseGet(() -> {
            if (!warnedOfMissingGuard.getAndSet(true)) {
                LOG.log(Level.WARNING, "event=sockets_without_framing_guard");
            }
            return bytes -> {};
        });
    }

    void closed(Connection connection) {
        connections.remove(connection);
        connection.closed();
    }

    /** Closes every socket with 1001, waits for the last frames to be applied, and saves peers that were expected back. */
    @PreDestroy
    void stop() {
        sweeper.shutdownNow();
        connections.closeAll();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "event=workers_still_busy_at_shutdown");
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writers.close();
        departure.endAllLeases();
    }
}
