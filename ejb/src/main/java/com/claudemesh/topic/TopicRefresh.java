package com.claudemesh.topic;

import com.claudemesh.mesh.MeshChanged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/** Who is in a mesh is in its {@code #general}, and who is not is in no topic: topics change with the members. */
@ApplicationScoped
public class TopicRefresh {

    @Inject
    private TopicChanges changes;

    void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) MeshChanged change) {
        changes.changed(change.meshId());
    }
}
