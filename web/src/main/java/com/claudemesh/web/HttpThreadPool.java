package com.claudemesh.web;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.List;
import java.util.OptionalInt;

/**
 * The size of Payara's {@code http-thread-pool}, read from the running server's configuration. Payara has no public
 * interface for it inside an application, so it is asked by reflection; on another container the answer is empty.
 */
final class HttpThreadPool {
    private static final Logger LOG = System.getLogger(HttpThreadPool.class.getName());
    private static final String POOL = "http-thread-pool";

    private HttpThreadPool() {}

    static OptionalInt maxThreads() {
        try {
            ClassLoader server = ClassLoader.getSystemClassLoader().getParent() == null
                    ? ClassLoader.getSystemClassLoader()
                    : HttpThreadPool.class.getClassLoader();
            Object locator = server.loadClass("org.glassfish.internal.api.Globals")
                    .getMethod("getDefaultHabitat")
                    .invoke(null);
            Class<?> configType = server.loadClass("com.sun.enterprise.config.serverbeans.Config");
            Object config = findService(locator, configType);
            Object pools = configType.getMethod("getThreadPools").invoke(config);
            List<?> all = (List<?>) pools.getClass().getMethod("getThreadPool").invoke(pools);
            for (Object pool : all) {
                if (POOL.equals(pool.getClass().getMethod("getName").invoke(pool))) {
                    Object size =
                            pool.getClass().getMethod("getMaxThreadPoolSize").invoke(pool);
                    return OptionalInt.of(Integer.parseInt(size.toString()));
                }
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "event=http_thread_pool_unknown", e);
        }
        return OptionalInt.empty();
    }

    private static Object findService(Object locator, Class<?> type) throws ReflectiveOperationException {
        for (Method method : locator.getClass().getMethods()) {
            Class<?>[] parameters = method.getParameterTypes();
            if (method.getName().equals("getService")
                    && parameters.length == 3
                    && parameters[0] == Class.class
                    && parameters[1] == String.class) {
                return method.invoke(locator, type, "default-instance-name", new java.lang.annotation.Annotation[0]);
            }
        }
        throw new NoSuchMethodException("getService(Class, String, Annotation...)");
    }
}
