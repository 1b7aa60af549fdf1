package com.claudemesh.bench.gauntlet;

import com.claudemesh.bench.provision.ProvisionedMesh;
import com.claudemesh.bench.provision.Provisioner;
import com.claudemesh.bench.server.ManagedServer;
import java.net.InetSocketAddress;

/** Where faults strike: a server of our own and the traffic on it. */
public record Arena(ManagedServer server, Traffic traffic) {

    public ProvisionedMesh mesh(String name, int members) throws Exception {
        return new Provisioner(server.api()).mesh(name, members);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(
                server.httpBase().getHost(), server.httpBase().getPort());
    }
}
