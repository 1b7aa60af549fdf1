package com.claudemesh.moderation;

/** Ends connections wherever they are. */
@FunctionalInterface
public interface PeerCloser {

    /** Returns when the connections of this node have lost their place; those of other nodes follow. Idempotent. */
    void close(CloseCommand command);
}
