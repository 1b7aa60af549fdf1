package com.claudemesh.mesh;

/**
 * Which meshes of a person are asked for.
 *
 * @param text part of name or slug, in any case; empty for all
 * @param archivedToo whether those count that are gone
 */
public record MeshQuery(String text, boolean archivedToo, int maxRows, long skipped) {
    private static final int MAX_ROWS = 1_000;

    /** All live meshes, as far as one answer holds them. */
    public static MeshQuery live() {
        return new MeshQuery("", false, MAX_ROWS, 0);
    }
}
