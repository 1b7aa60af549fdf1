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
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Clients whose process is stopped, as by SIGSTOP: sockets stay open and nothing is read, while more is sent to them than
 * the server may keep in memory. Everybody else must not notice; thawed, they must get everything.
 */
public final class FrozenClients implements Fault {
    private static final int ROUNDS = 3;
    private static final int RECEIVE_BUFFER_BYTES = 8_192;
    private static final int MESSAGE_CHARS = 16_384;
    /** Above the kernel's buffers and the gauntlet's outbox limit together: 12 MiB. */
    private static final int MESSAGES_EACH = 768;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final int clients;
    private final long frozenMillis;
    private final List<Recipient> recipients = new ArrayList<>();
    private EventLoop loop;
    private Feeder feeder;

    /** @param frozenMillis how long they stay frozen after everything was sent */
    public FrozenClients(int clients, long frozenMillis) {
        this.clients = clients;
        this.frozenMillis = frozenMillis;
    }

    @Override
    public String name() {
        return "frozen-clients";
    }

    @Override
    public int rounds() {
        return ROUNDS;
    }

    @Override
    public void prepare(Arena arena) throws Exception {
        loop = new EventLoop("frozen");
        ProvisionedMesh mesh = arena.mesh("frozen", clients + 1);
        for (int i = 0; i < clients; i++) {
            recipients.add(
                    new Recipient(loop, arena.address(), mesh, mesh.members().get(i + 1), RECEIVE_BUFFER_BYTES));
        }
        feeder = new Feeder(loop, mesh, mesh.members().get(0), recipients, MESSAGE_CHARS);
        feeder.connect(arena.address());
    }

    @Override
    public String strike(Arena arena, RandomGenerator random) throws Exception {
        for (Recipient recipient : recipients) {
            if (!recipient.isConnected()) {
                recipient.connect().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            recipient.setReading(false);
        }
        feeder.feed(MESSAGES_EACH).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Patience.pass(frozenMillis);
        arena.traffic().flow();
        recipients.forEach(recipient -> recipient.setReading(true));
        int[] cutOff = new int[1];
        Patience.require("the delivery of everything to the thawed clients", PATIENCE, () -> {
            cutOff[0] += comeBack();
            return balance().lost() == 0;
        });
        return clients + " clients frozen for " + frozenMillis + " ms after "
                + (long) clients * MESSAGES_EACH * MESSAGE_CHARS / 1_048_576 + " MiB, " + cutOff[0] + " cut off";
    }

    /** Connects those again that the server has cut off; returns how many. */
    private int comeBack() throws Exception {
        int count = 0;
        for (Recipient recipient : recipients) {
            if (!recipient.isConnected()) {
                recipient.connect().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                count++;
            }
        }
        return count;
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
