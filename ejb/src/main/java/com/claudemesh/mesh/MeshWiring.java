package com.claudemesh.mesh;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the directory, fed by the service. */
@Dependent
public class MeshWiring {

    @Produces
    @Singleton
    MeshDirectory directory(MeshService meshes, Clock clock) {
        return new MeshDirectory(meshes::snapshot, clock);
    }

    @Produces
    @Singleton
    Authorization authorization(MeshDirectory directory) {
        return new Authorization(directory);
    }
}
