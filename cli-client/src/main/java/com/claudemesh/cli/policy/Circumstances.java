package com.claudemesh.cli.policy;

/** Mesh and target of a command line. Asked only by rules that name one of them. */
interface Circumstances {

    /**
     * Whether the command line is about this mesh.
     *
     * @param inDoubt the answer when it names no mesh and several are joined: some verbs are then about all of them
     */
    boolean isMesh(String slug, boolean inDoubt);

    /**
     * Whether one of the command line's targets is this one.
     *
     * @param pattern a name, a {@code @group}, the beginning of a key, or {@code *} for whatever it is
     * @param inDoubt the answer when that cannot be told on this machine
     */
    boolean isTarget(String pattern, boolean inDoubt);
}
