package com.claudemesh.cli.net;

import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.addressing.KnownPeers;
import com.claudemesh.cli.addressing.Roster;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.PeerCache;
import com.claudemesh.cli.config.PeerCache.KnownPeer;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The connections of one verb: at most one per mesh, opened when first needed, closed together. One thread. */
public final class MeshConnections implements Roster, AutoCloseable {
    private final VerbServices services;
    private final PeerCache cache;
    private final String displayName;
    private final Map<String, MeshConnection> open = new HashMap<>();
    private final Map<String, List<PeerInfo>> online = new HashMap<>();

    public MeshConnections(VerbServices services, String displayName) {
        this.services = services;
        this.cache = services.peerCache();
        this.displayName = displayName;
    }

    /** Under the name that the person goes by. */
    public MeshConnections(VerbServices services) {
        this(services, services.displayName(services.configFile().load()));
    }

    public MeshConnection to(Membership mesh) {
        return open.computeIfAbsent(mesh.slug(), slug -> services.meshes().open(mesh, displayName));
    }

    /** Asks once per run, and remembers for later runs who was there. */
    @Override
    public List<PeerInfo> online(Membership mesh) {
        return online.computeIfAbsent(mesh.slug(), slug -> {
            List<PeerInfo> peers = to(mesh).peers();
            cache.remember(slug, peers, displayName, services.host().clock().instant());
            return peers;
        });
    }

    @Override
    public List<KnownPeer> known(Membership mesh) {
        return new KnownPeers(cache, services.inbox()).of(mesh);
    }

    @Override
    public void close() {
        open.values().forEach(MeshConnection::close);
    }
}
