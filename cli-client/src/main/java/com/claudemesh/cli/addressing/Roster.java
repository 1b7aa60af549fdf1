package com.claudemesh.cli.addressing;

import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.PeerCache.KnownPeer;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import java.util.List;

/** Who can be meant by a name. */
public interface Roster {

    /**
     * The live peers of the mesh.
     *
     * @throws com.claudemesh.cli.CliException when the server can't be asked
     */
    List<PeerInfo> online(Membership mesh);

    /** Everybody who was seen or heard of in the mesh before, the latest first. */
    List<KnownPeer> known(Membership mesh);
}
