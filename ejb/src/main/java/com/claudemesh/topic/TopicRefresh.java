package com.claudemesh.topic;

import com.claudemesh.mesh.MeshChanged;
import com.claudemesh.mesh.MeshDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/** Who is in a mesh is in its {@code #general}, and who is not is in no topic: topics change with the members. */
@ApplicationScoped
public class TopicRefresh {

    @Inject
    private MeshDirectory meshes;

    @Inject
    private TopicChanges changes;

    /** The order of observers is not defined: the members that topics are looked at with must be the new ones. */
    void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) MeshChanged change) {
        meshes.changed(change.meshId());
        changes.changed(change.meshId());
    }
}
