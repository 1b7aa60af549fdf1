package com.claudemesh.bench.gauntlet;

import com.claudemesh.bench.figures.Rounded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Runs faults one after the other against one server, and checks the promises after every round. */
final class Gauntlet {
    private static final Duration LEAK_PATIENCE = Duration.ofSeconds(30);
    private static final int NOTES_KEPT = 5;

    private final Arena arena;
    private final long seed;
    private final Vitals baseline;

    /** Takes the server as it is now, warmed up and with the traffic connected, for what is normal. */
    Gauntlet(Arena arena, long seed) throws Exception {
        this.arena = arena;
        this.seed = seed;
        arena.traffic().settle();
        this.baseline = Vitals.of(arena.server().state());
    }

    FaultReport run(Fault fault, int rounds) throws Exception {
        long started = System.nanoTime();
        Random random = new Random(seed ^ fault.name().hashCode());
        Balance before = arena.traffic().balance();
        long redeliveredBefore = arena.traffic().redelivered();
        Set<String> problems = new LinkedHashSet<>();
        List<String> notes = new ArrayList<>();
        fault.prepare(arena);
        int round = 0;
        while (round < rounds && problems.isEmpty()) {
            round++;
            String note = strike(fault, random, before, problems);
            System.err.println("  " + fault.name() + " " + round + "/" + rounds + ": " + note);
            if (notes.size() < NOTES_KEPT) {
                notes.add(note);
            }
        }
        Balance balance = arena.traffic().balance().since(before).plus(fault.balance());
        long redelivered = arena.traffic().redelivered() - redeliveredBefore + fault.redelivered();
        fault.cleanUp();
        Vitals after = settledVitals();
        problems.addAll(after.leaksSince(baseline));
        return new FaultReport(
                fault.name(),
                round,
                balance,
                redelivered,
                baseline,
                after,
                Rounded.seconds(System.nanoTime() - started),
                List.copyOf(problems),
                notes);
    }

    private String strike(Fault fault, Random random, Balance before, Set<String> problems) throws Exception {
        String note;
        try {
            arena.traffic().flow();
            note = fault.strike(arena, random);
            arena.server().awaitReady();
            arena.traffic().settle();
        } catch (BrokenPromise e) {
            problems.add(e.getMessage());
            return e.getMessage();
        }
        Balance balance = arena.traffic().balance().since(before).plus(fault.balance());
        if (balance.lost() > 0) {
            problems.add(balance.lost() + " acknowledged messages lost");
        }
        if (balance.duplicates() > 0) {
            problems.add(balance.duplicates() + " duplicates");
        }
        if (balance.outOfOrder() > 0) {
            problems.add(balance.outOfOrder() + " messages out of order");
        }
        return note;
    }

    /** Sockets that were dropped take a moment to be noticed; what stays after that has leaked. */
    private Vitals settledVitals() throws Exception {
        Patience.until(LEAK_PATIENCE, () -> {
            int threads =
                    Vitals.unboundedThreads(arena.server().state().server().threadNames());
            int files = arena.server().state().server().openFiles();
            return threads <= baseline.threads() + Vitals.THREAD_SLACK
                    && files <= baseline.openFiles() + Vitals.FILE_SLACK;
        });
        return Vitals.of(arena.server().state());
    }
}
