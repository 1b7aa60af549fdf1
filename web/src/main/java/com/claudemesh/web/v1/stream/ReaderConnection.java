package com.claudemesh.web.v1.stream;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The TCP connection below an answer, for what a servlet cannot ask. Payara's Grizzly lets about 10 MB wait for a reader that
 * stands still before it says that it is not ready, does not tell an asynchronous answer that its connection is gone, and
 * would keep the connection of a reader that is given up. It is reached by reflection; on another container nothing is known,
 * which the log says once, and streams do without.
 */
final class ReaderConnection {
    private static final Logger LOG = System.getLogger(ReaderConnection.class.getName());
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private final Object connection;
    private final Method isOpen;
    private final Method terminate;

    private ReaderConnection(Object connection, int maxWaitingBytes) throws ReflectiveOperationException {
        this.connection = connection;
        this.isOpen = connection.getClass().getMethod("isOpen");
        this.terminate = connection.getClass().getMethod("terminateSilently");
        connection.getClass().getMethod("setMaxAsyncWriteQueueSize", int.class).invoke(connection, maxWaitingBytes);
    }

    /** @param maxWaitingBytes from then on the connection is not ready while more than that waits in it */
    static Optional<ReaderConnection> below(ServletRequest request, int maxWaitingBytes) {
        try {
            ServletRequest innermost = request;
            while (innermost instanceof ServletRequestWrapper wrapper) {
                innermost = wrapper.getRequest();
            }
            Object catalina = call(innermost, "getUnwrappedCoyoteRequest");
            Object connection = call(call(call(catalina, "getCoyoteRequest"), "getContext"), "getConnection");
            return Optional.of(new ReaderConnection(connection, maxWaitingBytes));
        } catch (ReflectiveOperationException | RuntimeException e) {
            if (SAID.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "event=stream_connection_unknown container is not the expected one", e);
            }
            return Optional.empty();
        }
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }

    /** False once a write has failed or the connection was closed. */
    boolean isOpen() {
        try {
            return (boolean) isOpen.invoke(connection);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the connection does not answer", e);
        }
    }

    /** Closes it now; what waits in it is lost. */
    void terminate() {
        try {
            terminate.invoke(connection);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the connection cannot be closed", e);
        }
    }
}
