package com.claudemesh.cli.mcp;

import com.claudemesh.cli.config.Membership;
import com.claudemesh.sdk.MeshListener;

/** Makes connections to joined meshes. */
interface MeshLinks extends AutoCloseable {

    /**
     * A connection that has not begun to connect.
     *
     * @throws com.claudemesh.protocol.frame.InvalidFieldException when the membership can't be used
     */
    MeshLink open(Membership mesh, MeshListener listener);

    @Override
    void close();
}
