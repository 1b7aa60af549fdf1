package com.claudemesh.bench.raw;

import com.claudemesh.bench.provision.ProvisionedMesh;
import com.claudemesh.bench.provision.Provisioner;
import com.claudemesh.bench.server.FlightRecorder;
import com.claudemesh.bench.server.ServerApi;
import com.claudemesh.bench.server.ServerState;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** The raw workloads, each on meshes of its own. */
public final class RawLoad {
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final int MEMBERS_PER_IDLE_MESH = 100;

    private final ServerApi api;
    private final InetSocketAddress address;
    private final ServerState server;
    private final Recording recording;

    public RawLoad(ServerApi api, InetSocketAddress address, ServerState server) {
        this(api, address, server, Recording.NONE);
    }

    private RawLoad(ServerApi api, InetSocketAddress address, ServerState server, Recording recording) {
        this.api = api;
        this.address = address;
        this.server = server;
        this.recording = recording;
    }

    /** The same with every workload recorded; a later one overwrites the file. */
    public RawLoad recordedTo(Path file) throws IOException {
        FlightRecorder recorder = new FlightRecorder(server.server().pid());
        return new RawLoad(api, address, server, new Recording(recorder, file));
    }

    /** @param ciphertextChars 12 or more */
    public RawFigures direct(
            int pairs, int messages, int window, int ciphertextChars, boolean acknowledging, int threads)
            throws Exception {
        DirectFlood.Plan plan =
                new DirectFlood.Plan(pairs, messages, window, ciphertextChars, acknowledging, threads, TIMEOUT);
        return new DirectFlood(address, mesh("raw", 2 * pairs), plan).run(recording);
    }

    /** @param backlogMessages by how many messages the sender may be ahead of the deliveries */
    public RawFigures fanout(
            int receivers, int messages, int window, int backlogMessages, int ciphertextChars, boolean acknowledging)
            throws Exception {
        FanoutFlood.Plan plan = new FanoutFlood.Plan(
                receivers, messages, window, backlogMessages, ciphertextChars, acknowledging, TIMEOUT);
        return new FanoutFlood(address, mesh("fanout", receivers + 1), plan).run(recording);
    }

    /** Posts at a fixed rate to a topic with that many connected subscribers. */
    public RawFigures topic(int subscribers, int perSecond, int seconds, int ciphertextChars, boolean acknowledging)
            throws Exception {
        TopicPace.Plan plan =
                new TopicPace.Plan(subscribers, perSecond, seconds, ciphertextChars, acknowledging, TIMEOUT);
        return new TopicPace(address, mesh("topic", subscribers + 1), plan).run(recording);
    }

    /**
     * Connects many members, a hundred to a mesh, and compares the server before and after.
     *
     * @param settleMillis how long the connections stay before the server is looked at
     */
    public IdleFigures idle(int connections, long settleMillis) throws Exception {
        List<ProvisionedMesh> meshes = new ArrayList<>();
        for (int left = connections; left > 0; left -= MEMBERS_PER_IDLE_MESH) {
            meshes.add(mesh("idle", Math.min(left, MEMBERS_PER_IDLE_MESH)));
        }
        long heapBefore = server.heap().liveBytes();
        long residentBefore = server.server().residentBytes();
        int threadsBefore = server.server().threads();
        try (IdleConnections idle = new IdleConnections()) {
            idle.open(address, meshes);
            Thread.sleep(settleMillis);
            long residentAfter = server.server().residentBytes();
            long heapAfter = server.heap().liveBytes();
            return new IdleFigures(
                    idle.opened(),
                    idle.ended(),
                    heapBefore,
                    heapAfter,
                    Math.round((heapAfter - heapBefore) / 1024.0 / idle.opened() * 10) / 10.0,
                    residentBefore >> 20,
                    residentAfter >> 20,
                    server.server().threads() - threadsBefore);
        }
    }

    private ProvisionedMesh mesh(String name, int members)
            throws IOException, InterruptedException, ExecutionException {
        return new Provisioner(api).mesh(name, members);
    }
}
