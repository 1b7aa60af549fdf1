package com.claudemesh.incontainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.identity.IdentitySweep;
import com.claudemesh.mail.Mail;
import com.claudemesh.mail.MailOutbox;
import com.claudemesh.mail.MailOutcome;
import com.claudemesh.mail.MailTimer;
import com.claudemesh.mesh.MeshCreated;
import com.claudemesh.mesh.MeshService;
import com.claudemesh.platform.DatabaseBoot;
import com.claudemesh.platform.Transactions;
import com.claudemesh.systemtests.harness.SignInServer;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

@ExtendWith({RunningServer.class, ArquillianExtension.class})
@ResourceLock(SignInServer.NAME)
class ContainerTest {
    private static final Duration TIMER_PATIENCE = Duration.ofSeconds(60);

    @EJB
    private DatabaseBoot boot;

    @EJB
    private MailTimer mailTimer;

    @EJB
    private IdentitySweep identitySweep;

    @Inject
    private MeshService meshes;

    @Inject
    private MailOutbox outbox;

    @Inject
    private Transactions ownTransactions;

    @Inject
    private EntityManager entities;

    @Resource(lookup = "java:comp/UserTransaction")
    private UserTransaction transaction;

    @Resource(lookup = "jdbc/claudemesh")
    private DataSource database;

    @Deployment
    static WebArchive application() throws IOException {
        return TestApplication.archive();
    }

    private MeshCreated create(String slug) {
        return meshes.create("In a container", slug, "ab".repeat(32), null).orElseThrow();
    }

    @Test
    void migrations_afterDeploymentBesideAnotherNode_areAllApplied() {
        assertThat(boot.isCurrent()).isTrue();
    }

    @Test
    void startup_components_areThere() {
        assertThat(mailTimer).isNotNull();
        assertThat(identitySweep).isNotNull();
    }

    @Test
    void transaction_committed_keepsMeshMemberAndAuditTogether() throws Exception {
        transaction.begin();
        MeshCreated mesh = create("committed");
        transaction.commit();

        assertThat(meshes.find(mesh.meshId())).isPresent();
        assertThat(count("SELECT count(*) FROM mesh.member WHERE mesh_id = ?", mesh.meshId()))
                .isEqualTo(1);
        assertThat(count("SELECT count(*) FROM mesh.audit_log WHERE mesh_id = ?", mesh.meshId()))
                .isPositive();
    }

    @Test
    void transaction_rolledBack_leavesNothing() throws Exception {
        transaction.begin();
        MeshCreated mesh = create("rolled-back");
        transaction.rollback();

        assertThat(meshes.find(mesh.meshId())).isEmpty();
        assertThat(count("SELECT count(*) FROM mesh.audit_log WHERE mesh_id = ?", mesh.meshId()))
                .isZero();
    }

    @Test
    void entities_outsideTransaction_areRefused() {
        assertThatThrownBy(() -> entities.createNativeQuery("SELECT 1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no transaction");
    }

    /** As the workers of the socket layer do, which the container knows nothing about. */
    @Test
    void service_onThreadOfOurOwn_hasTransactionAndEntities() throws Exception {
        CompletableFuture<MeshCreated> made = new CompletableFuture<>();
        Thread worker = new Thread(() -> made.completeAsync(() -> create("own-thread"), Runnable::run));
        worker.start();

        MeshCreated mesh = made.get(30, TimeUnit.SECONDS);

        assertThat(meshes.find(mesh.meshId())).isPresent();
    }

    @Test
    void mailTimer_queuedMail_isSent() throws Exception {
        MailOutcome queued = ownTransactions.run(connection ->
                outbox.queue(connection, new Mail("test", "timer@example.org", "From a timer", "text", "<p>text</p>")));

        String id = ((MailOutcome.Queued) queued).mailId();
        long deadline = System.nanoTime() + TIMER_PATIENCE.toNanos();
        while (count("SELECT count(*) FROM public.mail_outbox WHERE id = ? AND sent_at IS NOT NULL", id) == 0) {
            assertThat(System.nanoTime()).as("the timer sends within a minute").isLessThan(deadline);
            Thread.sleep(100);
        }
    }

    private long count(String sql, String id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
