package com.claudemesh.audit;

import com.claudemesh.platform.Settings;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** Makes the audit objects, one of each, for injection. */
@Dependent
public class AuditWiring {
    private static final int THREADS = 2;

    @Resource(lookup = "jdbc/claudemesh")
    private DataSource database;

    @Resource
    private ManagedThreadFactory threads;

    @Produces
    @Singleton
    AuditChainStore chains() {
        return new AuditChainStore();
    }

    @Produces
    @Singleton
    AuditDesk desk(Settings settings) {
        return new AuditDesk(
                new AuditReader(database), new AuditVerifier(database), THREADS, settings.auditMaxWaiting(), threads);
    }

    @Produces
    @Singleton
    AuditExporter exporter() {
        return new AuditExporter(database);
    }

    void close(@Disposes AuditDesk desk) {
        desk.close();
    }
}
