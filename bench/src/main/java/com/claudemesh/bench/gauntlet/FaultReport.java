package com.claudemesh.bench.gauntlet;

import java.util.List;

/**
 * How the server came through one kind of fault.
 *
 * @param rounds how often it struck
 * @param balance of the messages sent meanwhile
 * @param redelivered messages handed out again after an acknowledgement was cut off; recognised by the clients
 * @param problems what did not hold; empty when all did
 * @param notes what happened in the rounds, in a few words
 */
public record FaultReport(
        String fault,
        int rounds,
        Balance balance,
        long redelivered,
        Vitals before,
        Vitals after,
        double seconds,
        List<String> problems,
        List<String> notes) {

    public boolean passed() {
        return problems.isEmpty();
    }
}
