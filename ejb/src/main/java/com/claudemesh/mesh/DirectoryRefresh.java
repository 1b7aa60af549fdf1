package com.claudemesh.mesh;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/** Keeps the directory in step with what was committed. */
@ApplicationScoped
public class DirectoryRefresh {

    @Inject
    private MeshDirectory directory;

    void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) MeshChanged change) {
        directory.changed(change.meshId());
    }
}
