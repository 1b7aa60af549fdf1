package com.claudemesh.cli.net;

import com.claudemesh.cli.config.Membership;
import java.time.Duration;

/** Opens connections to the servers of joined meshes. */
public interface MeshGateway {

    /**
     * Opens a one-shot connection: it is never handed messages.
     *
     * @param displayName who the receivers see as the sender
     * @throws com.claudemesh.cli.CliException exit code 4 when the server can't be reached, 2 or 7 when it refuses
     */
    MeshConnection open(Membership mesh, String displayName);

    /** Opens a WebSocket without saying hello. */
    Reachability probe(String brokerUrl, Duration timeout);

    /** Says hello and leaves. */
    Handshake handshake(Membership mesh, String displayName);
}
