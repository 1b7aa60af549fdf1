package com.claudemesh.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * The entity manager of the current transaction, for any thread.
 *
 * <p>An injected {@code @PersistenceContext} asks the container which component is calling, and finds no answer on the
 * workers of the socket layer. This one is made from the factory that the start has resolved: one entity manager per
 * transaction, closed when it ends. Outside a transaction there is none.
 */
@ApplicationScoped
public class TransactionEntities {
    private static final Object KEY = TransactionEntities.class;

    private record Source(EntityManagerFactory factory, TransactionSynchronizationRegistry transactions) {}

    private volatile @Nullable Source source;

    void open(EntityManagerFactory factory, TransactionSynchronizationRegistry transactions) {
        // Any question makes the container's wrapper resolve its factory while it can.
        factory.getProperties();
        source = new Source(factory, transactions);
    }

    /** Forwards every call to the entity manager of the caller's transaction. */
    @Produces
    @Singleton
    EntityManager entityManager() {
        return (EntityManager) Proxy.newProxyInstance(
                TransactionEntities.class.getClassLoader(),
                new Class<?>[] {EntityManager.class},
                (proxy, method, args) -> {
                    try {
                        return method.invoke(current(), args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private EntityManager current() {
        Source open = source;
        if (open == null) {
            throw new IllegalStateException("the database is not open yet");
        }
        TransactionSynchronizationRegistry transactions = open.transactions();
        if (transactions.getTransactionStatus() != Status.STATUS_ACTIVE) {
            throw new IllegalStateException("no transaction is active");
        }
        EntityManager known = (EntityManager) transactions.getResource(KEY);
        if (known != null) {
            return known;
        }
        EntityManager made = open.factory().createEntityManager();
        transactions.putResource(KEY, made);
        transactions.registerInterposedSynchronization(new CloseAfterwards(made));
        return made;
    }

    private record CloseAfterwards(EntityManager entities) implements Synchronization {
        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            entities.close();
        }
    }
}
