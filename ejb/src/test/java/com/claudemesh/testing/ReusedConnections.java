package com.claudemesh.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;

/** A database whose closed connections are used again, as in the server: PostgreSQL starts a process for each new one. */
final class ReusedConnections {
    private final DataSource database;
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

    private ReusedConnections(DataSource database) {
        this.database = database;
    }

    static DataSource of(DataSource database) {
        ReusedConnections pool = new ReusedConnections(database);
        return (DataSource) Proxy.newProxyInstance(
                ReusedConnections.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, args) -> {
                    if (method.getName().equals("getConnection") && args == null) {
                        return pool.borrow();
                    }
                    return call(database, method, args);
                });
    }

    private Connection borrow() throws SQLException {
        Connection waiting = idle.poll();
        Connection real = waiting == null ? database.getConnection() : waiting;
        boolean[] closed = new boolean[1];
        return (Connection) Proxy.newProxyInstance(
                ReusedConnections.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    if (method.getName().equals("close")) {
                        if (!closed[0]) {
                            closed[0] = true;
                            giveBack(real);
                        }
                        return null;
                    }
                    return call(real, method, args);
                });
    }

    private void giveBack(Connection real) throws SQLException {
        if (real.isClosed()) {
            return;
        }
        if (!real.getAutoCommit()) {
            real.rollback();
            real.setAutoCommit(true);
        }
        idle.add(real);
    }

    private static Object call(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
