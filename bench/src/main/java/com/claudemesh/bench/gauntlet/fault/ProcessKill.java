package com.claudemesh.bench.gauntlet.fault;

import com.claudemesh.bench.gauntlet.Arena;
import com.claudemesh.bench.gauntlet.Fault;
import com.claudemesh.bench.gauntlet.Patience;
import com.claudemesh.bench.server.ProcessProbe;
import com.claudemesh.bench.server.ServerState;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** {@code kill -9} of one of the server's processes at a random moment; the supervisor starts it again. */
public final class ProcessKill implements Fault {
    private static final int LATEST_MILLIS = 2_000;
    private static final int ROUNDS = 25;
    /** A supervisor gives up on what dies too often, so another one takes over, which also shuts down under load. */
    private static final int KILLS_PER_SUPERVISOR = 5;

    private static final Duration RESTART_PATIENCE = Duration.ofSeconds(60);

    private interface Victim {
        ProcessProbe of(ServerState state) throws IOException;
    }

    private final String name;
    private final Victim victim;
    private int killed;

    private ProcessKill(String name, Victim victim) {
        this.name = name;
        this.victim = victim;
    }

    public static ProcessKill ofServer() {
        return new ProcessKill("server-kill", ServerState::server);
    }

    public static ProcessKill ofPostgres() {
        return new ProcessKill("postgres-kill", ServerState::postgres);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int rounds() {
        return ROUNDS;
    }

    @Override
    public String strike(Arena arena, RandomGenerator random) throws Exception {
        if (killed++ % KILLS_PER_SUPERVISOR == KILLS_PER_SUPERVISOR - 1) {
            arena.server().restart();
            arena.traffic().flow();
        }
        int afterMillis = random.nextInt(LATEST_MILLIS);
        Patience.pass(afterMillis);
        ServerState state = arena.server().state();
        ProcessProbe process = victim.of(state);
        long struck = System.nanoTime();
        process.kill();
        Patience.require("a new process", RESTART_PATIENCE, () -> isReplaced(state, process));
        arena.server().awaitReady();
        long backMillis = (System.nanoTime() - struck) / 1_000_000;
        return "killed after " + afterMillis + " ms, ready again after " + backMillis + " ms";
    }

    private boolean isReplaced(ServerState state, ProcessProbe killedProcess) {
        try {
            ProcessProbe now = victim.of(state);
            return now.pid() != killedProcess.pid() && now.isAlive();
        } catch (IOException e) {
            return false; // Between two processes the supervisor names none.
        }
    }
}
