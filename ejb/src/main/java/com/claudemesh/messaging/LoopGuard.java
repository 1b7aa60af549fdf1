package com.claudemesh.messaging;

import com.claudemesh.platform.RateLimiter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down two members that answer each other without end, as two agents can. Each time the direction between them
 * changes is a turn; turns of a pair come out of a token bucket. Sending many messages one way is not a loop. Bounded;
 * safe for any thread.
 */
final class LoopGuard {
    private static final int MAX_PAIRS = 50_000;

    private final RateLimiter turns;
    private final Map<String, String> lastSender = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MAX_PAIRS;
        }
    };

    LoopGuard(int burstTurns, int turnsPerMinute, LongSupplier nanoClock) {
        this.turns = new RateLimiter(burstTurns, turnsPerMinute, nanoClock);
    }

    /** 0 when the message may go, else after how many milliseconds it may. */
    long tryPass(String senderMemberId, String recipientMemberId) {
        if (senderMemberId.equals(recipientMemberId)) {
            return 0;
        }
        boolean ordered = senderMemberId.compareTo(recipientMemberId) < 0;
        String pair = ordered ? senderMemberId + recipientMemberId : recipientMemberId + senderMemberId;
        synchronized (lastSender) {
            String last = lastSender.get(pair);
            if (last == null || last.equals(senderMemberId)) {
                lastSender.put(pair, senderMemberId);
                return 0;
            }
            long waitMillis = turns.tryAcquire(pair);
            if (waitMillis == 0) {
                lastSender.put(pair, senderMemberId);
            }
            return waitMillis;
        }
    }

    void sweep() {
        turns.sweep();
    }
}
