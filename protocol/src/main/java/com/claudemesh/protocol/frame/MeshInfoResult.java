package com.claudemesh.protocol.frame;

import java.util.List;

/**
 * An overview of the mesh.
 *
 * @param mesh mesh id
 * @param peers live connections, hidden ones included
 * @param groups groups of the live peers as targets, {@code @name}
 * @param yourName the asking connection's name
 */
public record MeshInfoResult(
        String mesh,
        int peers,
        List<String> groups,
        List<String> stateKeys,
        long memoryCount,
        long fileCount,
        Tasks tasks,
        List<String> streams,
        List<String> tables,
        List<String> collections,
        String yourName,
        List<GroupLabel> yourGroups)
        implements ServerFrame {

    /** How many tasks are in each state. */
    public record Tasks(long open, long claimed, long done) {
        public static final Tasks NONE = new Tasks(0, 0, 0);

        public Tasks plus(Tasks other) {
            return new Tasks(open + other.open, claimed + other.claimed, done + other.done);
        }
    }
}
