package com.claudemesh.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditDeskTest {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final DataSource stuck = stuckDatabase();
    private final AuditDesk desk = new AuditDesk(new AuditReader(stuck), new AuditVerifier(stuck), 1, 2, Thread::new);

    @AfterEach
    void stop() {
        released.countDown();
        desk.close();
    }

    @Test
    void verify_moreWaitingThanAllowed_isRefusedAtOnceAndTheOthersAreServed() throws Exception {
        CompletableFuture<AuditVerdict> running = desk.verify("m").toCompletableFuture();
        entered.await(10, TimeUnit.SECONDS);
        CompletableFuture<AuditPage> second = desk.query("m", 1, 0, null).toCompletableFuture();
        CompletableFuture<AuditVerdict> third = desk.verify("m").toCompletableFuture();

        CompletableFuture<AuditVerdict> tooMany = desk.verify("m").toCompletableFuture();

        assertThat(tooMany).isCompletedExceptionally();
        assertThatThrownBy(tooMany::get).cause().isInstanceOf(AuditDesk.BusyException.class);
        assertThat(running).isNotDone();
        released.countDown();
        for (CompletableFuture<?> waiting : new CompletableFuture<?>[] {running, second, third}) {
            assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(SQLException.class)
                    .hasMessage("no database");
        }
    }

    /** A database that nobody gets a connection of until the test lets go, and then an error. */
    private DataSource stuckDatabase() {
        return (DataSource) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    entered.countDown();
                    released.await(10, TimeUnit.SECONDS);
                    throw new SQLException("no database");
                });
    }
}
