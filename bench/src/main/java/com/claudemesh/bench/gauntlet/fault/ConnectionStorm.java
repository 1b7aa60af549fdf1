package com.claudemesh.bench.gauntlet.fault;

import com.claudemesh.bench.gauntlet.Arena;
import com.claudemesh.bench.gauntlet.Balance;
import com.claudemesh.bench.gauntlet.Fault;
import com.claudemesh.bench.gauntlet.Patience;
import com.claudemesh.bench.provision.ProvisionedMesh;
import com.claudemesh.bench.raw.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** Hundreds of members lose their connection at once, get mail meanwhile, and are all back within a second. */
public final class ConnectionStorm implements Fault {
    private static final int ROUNDS = 10;
    private static final int MEMBERS_PER_MESH = 100;
    private static final int MESSAGES_EACH = 2;
    private static final int MESSAGE_CHARS = 288;
    private static final int MAX_AWAY_MILLIS = 500;
    private static final long STORM_NANOS = 1_000_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int connections;
    private final List<Recipient> recipients = new ArrayList<>();
    private final List<Feeder> feeders = new ArrayList<>();
    private EventLoop loop;

    /** @param connections a multiple of 100, a hundred to a mesh */
    public ConnectionStorm(int connections) {
        this.connections = connections;
    }

    @Override
    public String name() {
        return "connection-storm";
    }

    @Override
    public int rounds() {
        return ROUNDS;
    }

    @Override
    public void prepare(Arena arena) throws Exception {
        loop = new EventLoop("storm");
        for (int i = 0; i < connections / MEMBERS_PER_MESH; i++) {
            ProvisionedMesh mesh = arena.mesh("storm", MEMBERS_PER_MESH + 1);
            List<Recipient> here = new ArrayList<>();
            for (ProvisionedMesh.Member member : mesh.members().subList(1, MEMBERS_PER_MESH + 1)) {
                here.add(new Recipient(loop, arena.address(), mesh, member, 0));
            }
            Feeder feeder = new Feeder(loop, mesh, mesh.members().get(0), here, MESSAGE_CHARS);
            feeder.connect(arena.address());
            feeders.add(feeder);
            recipients.addAll(here);
        }
        connectWithin(STORM_NANOS);
    }

    @Override
    public String strike(Arena arena, RandomGenerator random) throws Exception {
        recipients.forEach(Recipient::drop);
        List<CompletableFuture<Void>> feeding =
                feeders.stream().map(feeder -> feeder.feed(MESSAGES_EACH)).toList();
        Patience.pass(random.nextInt(MAX_AWAY_MILLIS));
        long greetedMillis = connectWithin(STORM_NANOS);
        for (CompletableFuture<Void> one : feeding) {
            one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        Patience.require(
                "the delivery of everything to those who came back",
                PATIENCE,
                () -> balance().lost() == 0);
        return connections + " reconnects within a second, the last greeted after " + greetedMillis + " ms";
    }

    /** Starts all connections evenly over that time, waits for every greeting, and returns how long it all took. */
    private long connectWithin(long nanos) throws Exception {
        long started = System.nanoTime();
        List<CompletableFuture<?>> greetings = new ArrayList<>();
        for (Recipient recipient : recipients) {
            LockSupport.parkNanos(started + nanos * greetings.size() / connections - System.nanoTime());
            greetings.add(recipient.connect());
        }
        for (CompletableFuture<?> greeting : greetings) {
            greeting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        return (System.nanoTime() - started) / 1_000_000;
    }

    @Override
    public Balance balance() {
        return Balance.of(recipients.stream().map(Recipient::ledger).toList());
    }

    @Override
    public long redelivered() {
        return recipients.stream().mapToLong(Recipient::redelivered).sum();
    }

    @Override
    public void cleanUp() {
        loop.close();
    }
}
