package com.claudemesh.bench.raw;

import com.claudemesh.bench.provision.ProvisionedMesh;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that say hello and then nothing. They read what comes and answer pings. Close it to drop them. */
final class IdleConnections implements AutoCloseable {
    private static final int AT_ONCE = 50;

    private final Generator generator = new Generator(1);
    private final AtomicInteger ended = new AtomicInteger();
    private int count;

    /** Connects every member of the meshes once; blocks until all are greeted. */
    void open(InetSocketAddress address, List<ProvisionedMesh> meshes) throws Exception {
        List<CompletableFuture<RawPeer>> greetings = new ArrayList<>();
        for (ProvisionedMesh mesh : meshes) {
            for (ProvisionedMesh.Member member : mesh.members()) {
                RawPeer peer =
                        new RawPeer(mesh.meshId(), member, true, (which, code, reason) -> ended.incrementAndGet());
                greetings.add(peer.connect(generator.loop(0), address));
                if (greetings.size() >= AT_ONCE) {
                    greetings.get(greetings.size() - AT_ONCE).get(30, TimeUnit.SECONDS);
                }
            }
        }
        for (CompletableFuture<RawPeer> greeting : greetings) {
            greeting.get(30, TimeUnit.SECONDS);
        }
        count = greetings.size();
    }

    int opened() {
        return count;
    }

    /** Connections that the server has ended since. */
    int ended() {
        return ended.get();
    }

    @Override
    public void close() {
        generator.close();
    }
}
