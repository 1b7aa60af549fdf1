package com.claudemesh.bench.gauntlet.fault;

import com.claudemesh.bench.gauntlet.Arena;
import com.claudemesh.bench.gauntlet.BrokenPromise;
import com.claudemesh.bench.gauntlet.Fault;
import com.claudemesh.bench.gauntlet.Patience;
import com.claudemesh.bench.gauntlet.clock.ServerClock;
import com.claudemesh.bench.provision.ProvisionedMesh;
import com.claudemesh.bench.raw.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * The server's wall clock jumps forwards and backwards under load, and back to the right time at the end. Those connected
 * must not notice. A hello is judged by the server's clock of that moment: more than a minute off is refused with {@code
 * timestamp_skew}, less is accepted. Jumps stay below the life of a message, so that nothing may expire.
 */
public final class ClockJump implements Fault {
    private static final int ROUNDS = 5;
    private static final Duration HELLO_SKEW = Duration.ofSeconds(60);
    private static final long STAY_MILLIS = 1_500;

    private static final List<Duration> JUMPS = List.of(
            Duration.ofSeconds(45),
            Duration.ofSeconds(-45),
            Duration.ofMinutes(10),
            Duration.ofMinutes(-10),
            Duration.ofHours(3),
            Duration.ofHours(-3),
            Duration.ofDays(6),
            Duration.ofDays(-6));

    private final int jumps;
    private ServerClock clock;
    private EventLoop loop;
    private ProvisionedMesh mesh;

    /** @param jumps 1 to 8 jumps in each round */
    public ClockJump(int jumps) {
        this.jumps = jumps;
    }

    @Override
    public String name() {
        return "clock-jump";
    }

    @Override
    public int rounds() {
        return ROUNDS;
    }

    @Override
    public void prepare(Arena arena) throws Exception {
        clock = new ServerClock();
        loop = new EventLoop("clock");
        mesh = arena.mesh("clock", 1);
    }

    @Override
    public String strike(Arena arena, RandomGenerator random) throws Exception {
        List<Duration> order = new ArrayList<>(JUMPS);
        Collections.shuffle(order, new Random(random.nextLong()));
        List<Duration> taken = order.subList(0, jumps);
        long pid = arena.server().state().server().pid();
        try {
            for (Duration offset : taken) {
                clock.set(pid, offset);
                arena.traffic().flow();
                checkHello(arena, offset, Duration.ZERO);
                checkHello(arena, offset, offset);
                Patience.pass(STAY_MILLIS);
                arena.traffic().flow();
            }
        } finally {
            clock.set(pid, Duration.ZERO);
        }
        checkHello(arena, Duration.ZERO, Duration.ZERO);
        return "jumps to " + taken + " and back";
    }

    /** Says hello with a clock of that offset and compares the answer with what the server's offset calls for. */
    private void checkHello(Arena arena, Duration server, Duration client) throws Exception {
        boolean expected = server.minus(client).abs().compareTo(HELLO_SKEW) <= 0;
        String answer = HelloProbe.answer(loop, arena.address(), mesh, client);
        boolean asExpected = expected ? answer.equals("hello_ack") : answer.equals("timestamp_skew");
        if (!asExpected) {
            throw new BrokenPromise("with the server's clock " + server + " and the client's " + client
                    + " off, the hello was answered with " + answer);
        }
    }

    @Override
    public void cleanUp() throws Exception {
        loop.close();
        clock.close();
    }
}
