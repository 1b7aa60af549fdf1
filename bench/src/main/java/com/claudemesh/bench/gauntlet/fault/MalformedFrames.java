package com.claudemesh.bench.gauntlet.fault;

import com.claudemesh.bench.gauntlet.Arena;
import com.claudemesh.bench.gauntlet.BrokenPromise;
import com.claudemesh.bench.gauntlet.Fault;
import com.claudemesh.bench.gauntlet.fuzz.FuzzConnection;
import com.claudemesh.bench.gauntlet.fuzz.FuzzTally;
import com.claudemesh.bench.provision.ProvisionedMesh;
import com.claudemesh.bench.raw.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/** Malformed frames of every type from members of another mesh, on several connections at once. */
public final class MalformedFrames implements Fault {
    private static final int CONNECTIONS = 4;

    private final int frames;
    private ProvisionedMesh mesh;
    private EventLoop loop;

    /** @param frames of one round */
    public MalformedFrames(int frames) {
        this.frames = frames;
    }

    @Override
    public String name() {
        return "malformed-frames";
    }

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public void prepare(Arena arena) throws Exception {
        // The first member is an administrator, whose frames would do what they say.
        mesh = arena.mesh("fuzz", CONNECTIONS + 1);
        loop = new EventLoop("fuzz");
    }

    @Override
    public String strike(Arena arena, RandomGenerator random) throws Exception {
        FuzzTally tally = new FuzzTally();
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                FuzzConnection connection = new FuzzConnection(
                        loop, arena.address(), mesh.meshId(), mesh.members().get(i + 1), random.nextLong(), tally);
                running.add(threads.submit(() -> {
                    connection.run(frames / CONNECTIONS);
                    return null;
                }));
            }
            for (Future<Void> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BrokenPromise broken) {
                throw broken;
            }
            throw e;
        } finally {
            threads.shutdownNow();
        }
        return tally.toString();
    }

    @Override
    public void cleanUp() {
        loop.close();
    }
}
