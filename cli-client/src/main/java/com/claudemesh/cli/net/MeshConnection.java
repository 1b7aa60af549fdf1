package com.claudemesh.cli.net;

import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import com.claudemesh.protocol.frame.ServerFrame;
import java.util.List;

/**
 * A verb's own connection to one mesh, announced as a command so that nobody sees it come and go. Used by one thread.
 * Every method fails with a {@link com.claudemesh.cli.CliException} that says why.
 */
public interface MeshConnection extends AutoCloseable {

    /** The live peers, as the server sees them now. */
    List<PeerInfo> peers();

    /** Encrypts and sends the message and waits until the server has stored it. */
    SendReceipt send(OutgoingMessage message);

    /** Asks the server, and waits for its answer of this type; may ask twice when the connection is lost meanwhile. */
    <A extends ServerFrame> A ask(ClientFrame request, Class<A> answer);

    /** Says something that the server answers only when it refuses; the refusal meets the next request. */
    void tell(ClientFrame frame);

    @Override
    void close();
}
