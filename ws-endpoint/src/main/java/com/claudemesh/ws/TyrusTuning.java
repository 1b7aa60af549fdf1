package com.claudemesh.ws;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Stops Tyrus from rescheduling an idle timer for every frame.
 *
 * <p>Tyrus does so even without an idle timeout, on the container's managed executor, whose context capture walks the
 * class path each time: four fifths of the work of an echo server. The container's scheduler is replaced by a plain one
 * whose zero-delay schedule does nothing. On a container that does not look as expected nothing is changed, and the log
 * says so.
 */
@WebListener
public class TyrusTuning implements ServletContextListener {
    private static final Logger LOG = System.getLogger(TyrusTuning.class.getName());
    private static final String CONTAINER = "jakarta.websocket.server.ServerContainer";
    private static final String SCHEDULER_FIELD = "managedScheduledExecutorService";

    private IdleTimerFreeScheduler scheduler;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        try {
            apply(event.getServletContext());
            LOG.log(Level.INFO, "event=websocket_tuning applied=true");
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.WARNING, "event=websocket_tuning applied=false cause=" + e);
        }
    }

    private void apply(ServletContext context) throws ReflectiveOperationException {
        Object container = context.getAttribute(CONTAINER);
        if (container == null) {
            throw new IllegalStateException("no WebSocket container in the servlet context");
        }
        Field field = schedulerField(container.getClass());
        field.setAccessible(true);
        scheduler = new IdleTimerFreeScheduler();
        field.set(container, scheduler);
    }

    private static Field schedulerField(Class<?> type) throws NoSuchFieldException {
        for (Class<?> current = type; current != null; current = current.getSuperclass()) {
            for (Field field : current.getDeclaredFields()) {
                if (field.getName().equals(SCHEDULER_FIELD)) {
                    return field;
                }
            }
        }
        throw new NoSuchFieldException(SCHEDULER_FIELD + " in " + type.getName());
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (scheduler != null) {
            scheduler.shutdownNow();
        }
    }

    /** Runs what has a delay; forgets what has none, which is only ever an idle timer that must not fire. */
    private static final class IdleTimerFreeScheduler extends ScheduledThreadPoolExecutor {
        IdleTimerFreeScheduler() {
            super(1, work -> {
                Thread thread = new Thread(work, "websocket-timer");
                thread.setDaemon(true);
                return thread;
            });
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
            return delay <= 0 ? Forgotten.INSTANCE : super.schedule(work, delay, unit);
        }
    }

    /** A timer that never was. */
    private static final class Forgotten implements ScheduledFuture<Object> {
        static final Forgotten INSTANCE = new Forgotten();

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.signum(-other.getDelay(TimeUnit.NANOSECONDS));
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            return true;
        }

        @Override
        public boolean isCancelled() {
            return true;
        }

        @Override
        public boolean isDone() {
            return true;
        }

        @Override
        public Object get() {
            throw new CancellationException();
        }

        @Override
        public Object get(long timeout, TimeUnit unit) {
            throw new CancellationException();
        }
    }
}
