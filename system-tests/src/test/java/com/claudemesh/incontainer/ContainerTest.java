package com.claudemesh.incontainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.identity.IdentitySweep;
import com.claudemesh.mail.Mail;
import com.claudemesh.mail.MailOutbox;
import com.claudemesh.mail.MailOutcome;
import com.claudemesh.mail.MailTimer;
import com.claudemesh.mesh.Actor;
import com.claudemesh.mesh.GrantsOutcome;
import com.claudemesh.mesh.MemberService;
import com.claudemesh.mesh.MeshCreated;
import com.claudemesh.mesh.MeshCreation;
import com.claudemesh.mesh.MeshService;
import com.claudemesh.mesh.Meshes;
import com.claudemesh.mesh.NewMesh;
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
import java.util.List;
import java.util.Map;
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
    private MeshService reads;

    @Inject
    private Meshes meshes;

    @Inject
    private MemberService members;

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

    /** A mesh with one member; in a transaction of its own, whatever the caller's does. */
    private MeshCreated create(String slug) {
        MeshCreation outcome = meshes.create(NewMesh.named("In a container", slug, "ab".repeat(32), null, false));
        return ((MeshCreation.Created) outcome).mesh();
    }

    /** A change that joins the caller's transaction. */
    private GrantsOutcome block(MeshCreated mesh) {
        return members.changeGrants(
                mesh.meshId(), mesh.ownerMemberId(), Actor.OPERATOR, Map.of("cd".repeat(32), List.of()));
    }

    private long blocked(MeshCreated mesh) throws SQLException {
        return count("SELECT count(*) FROM mesh.member WHERE mesh_id = ? AND peer_grants <> '{}'", mesh.meshId());
    }

    private long recorded(MeshCreated mesh) throws SQLException {
        return count(
                "SELECT count(*) FROM mesh.audit_log WHERE mesh_id = ? AND event_type = 'grants_changed'",
                mesh.meshId());
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
    void transaction_committed_keepsChangeAndAuditTogether() throws Exception {
        MeshCreated mesh = create("committed");
        transaction.begin();
        block(mesh);
        transaction.commit();

        assertThat(reads.find(mesh.meshId())).isPresent();
        assertThat(blocked(mesh)).isEqualTo(1);
        assertThat(recorded(mesh)).isEqualTo(1);
    }

    @Test
    void transaction_rolledBack_leavesNothing() throws Exception {
        MeshCreated mesh = create("rolled-back");
        transaction.begin();
        assertThat(block(mesh)).isInstanceOf(GrantsOutcome.Changed.class);
        transaction.rollback();

        assertThat(blocked(mesh)).isZero();
        assertThat(recorded(mesh)).isZero();
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
        MeshCreated mesh = create("own-thread");
        CompletableFuture<GrantsOutcome> made = new CompletableFuture<>();
        Thread worker = new Thread(() -> made.completeAsync(() -> block(mesh), Runnable::run));
        worker.start();

        assertThat(made.get(30, TimeUnit.SECONDS)).isInstanceOf(GrantsOutcome.Changed.class);
        assertThat(blocked(mesh)).isEqualTo(1);
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
