package com.claudemesh.cli.net;

import com.claudemesh.cli.config.Membership;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.sdk.InboxStore;
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

    /**
     * Changes how the live session of this member is seen: what a one-shot connection says of itself ends with it.
     *
     * @param change a frame that the server does not answer
     * @throws com.claudemesh.cli.CliException exit code 5 when no session runs here, 4 when the server can't be reached
     */
    void tellSession(Membership mesh, ClientFrame change);

    /**
     * Takes what the server holds for this member into the store, as a connection that nobody is told of. For members
     * without a running session: their messages would come here instead.
     *
     * @param quiet ends after this long without another message
     * @return how many came
     * @throws com.claudemesh.cli.CliException as {@link #open}; what came until then is kept
     */
    int fetch(Membership mesh, String displayName, InboxStore store, Duration quiet);

    /** Opens a WebSocket without saying hello. */
    Reachability probe(String brokerUrl, Duration timeout);

    /** Says hello and leaves. */
    Handshake handshake(Membership mesh, String displayName);
}
