package com.claudemesh.platform;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** Brings the schema up to date before anything else starts. A failure stops the deployment. */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class DatabaseBoot {
    private static final Logger LOG = System.getLogger(DatabaseBoot.class.getName());
    private static final int CONNECT_RETRIES = 15;

    @Resource(lookup = "jdbc/claudemesh")
    private DataSource database;

    @PersistenceUnit(unitName = "claudemesh")
    private EntityManagerFactory entityManagers;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transactions;

    @Inject
    private TransactionEntities entities;

    @Inject
    private Settings settings;

    private Flyway flyway;

    @PostConstruct
    void migrate() {
        LOG.log(Level.INFO, "event=starting settings=" + settings);
        flyway = Flyway.configure(DatabaseBoot.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:db/migration")
                .schemas("mesh")
                .defaultSchema("mesh")
                .connectRetries(CONNECT_RETRIES)
                .connectRetriesInterval(2)
                .validateMigrationNaming(true)
                .load();
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw new IllegalStateException(
                    "the database schema could not be brought up to date: " + e.getMessage(), e);
        }
        entities.open(entityManagers, transactions);
    }

    /** True when every migration that this code knows has been applied. Blocking. */
    public boolean isCurrent() {
        MigrationInfo[] pending = flyway.info().pending();
        return pending.length == 0;
    }
}
