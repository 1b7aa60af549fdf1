package com.claudemesh.presence;

/** Gives members their key that have none yet. May block (database). */
@FunctionalInterface
public interface KeyBinder {

    /**
     * Binds a key that has signed a hello to the member that it names, if that member waits for one.
     *
     * @param publicKey of no member of the mesh; 64 lower-case hex digits
     * @return whether it was bound
     */
    boolean bind(String meshId, String memberId, String publicKey);
}
