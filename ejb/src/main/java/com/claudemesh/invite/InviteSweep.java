package com.claudemesh.invite;

import com.claudemesh.mesh.MeshSync;
import com.claudemesh.platform.Transactions;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;

/** Deletes claims that nobody came for and tokens that were used, in batches, every ten minutes. Runs on every node. */
@Startup
@Singleton
@DependsOn("DatabaseBoot")
@TransactionManagement(TransactionManagementType.BEAN)
public class InviteSweep {
    private static final Logger LOG = System.getLogger(InviteSweep.class.getName());
    private static final int BATCH = 1_000;

    @Inject
    private Transactions transactions;

    @Inject
    private UnboundMembers unbound;

    @Inject
    private MeshSync sync;

    @Schedule(hour = "*", minute = "*/10", persistent = false)
    void sweep() {
        attempt("claims_not_swept", unbound::sweep);
        attempt("sync_tokens_not_swept", sync::sweep);
    }

    /** One table's sweep. */
    @FunctionalInterface
    private interface Sweep {
        int run(Connection connection, int maxRows) throws SQLException;
    }

    private void attempt(String failure, Sweep sweep) {
        try {
            int deleted;
            do {
                deleted = transactions.run(connection -> sweep.run(connection, BATCH));
            } while (deleted == BATCH);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "event=" + failure, e);
        }
    }
}
