package com.claudemesh.mesh;

import com.claudemesh.protocol.frame.MeshInfoResult;
import java.util.List;

/**
 * What a component can say about a mesh in its overview. Every component that has something is a bean of this type and
 * implements what it has; the overview adds them up. May block; called on a worker, never on a socket thread.
 */
public interface MeshFacts {

    default List<String> stateKeys(String meshId) {
        return List.of();
    }

    default long memoryCount(String meshId) {
        return 0;
    }

    default long fileCount(String meshId) {
        return 0;
    }

    default MeshInfoResult.Tasks tasks(String meshId) {
        return MeshInfoResult.Tasks.NONE;
    }

    default List<String> streams(String meshId) {
        return List.of();
    }

    default List<String> tables(String meshId) {
        return List.of();
    }

    default List<String> collections(String meshId) {
        return List.of();
    }
}
