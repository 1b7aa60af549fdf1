package com.claudemesh.ws;

import com.claudemesh.platform.RateLimiter;
import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.ErrorFrame;
import java.util.function.LongSupplier;

/** How often a member may change topics, and read from them; each member has rates of its own. Safe for any thread. */
final class TopicRates {
    private final RateLimiter changes;
    private final RateLimiter reads;

    TopicRates(int changesPerMinute, int readsPerMinute, LongSupplier nanoClock) {
        this.changes = new RateLimiter(changesPerMinute, changesPerMinute, nanoClock);
        this.reads = new RateLimiter(readsPerMinute, readsPerMinute, nanoClock);
    }

    <F extends ClientFrame> FrameHandler<F> change(FrameHandler<F> handler) {
        return limited(changes, handler);
    }

    <F extends ClientFrame> FrameHandler<F> read(FrameHandler<F> handler) {
        return limited(reads, handler);
    }

    private static <F extends ClientFrame> FrameHandler<F> limited(RateLimiter limiter, FrameHandler<F> handler) {
        return (frame, peer) -> {
            long waitMillis = limiter.tryAcquire(peer.memberId());
            return waitMillis > 0
                    ? new Reply.Now(ErrorFrame.of(
                            ErrorCode.RATE_LIMITED, "too many topic requests, try again in " + waitMillis + " ms"))
                    : handler.handle(frame, peer);
        };
    }
}
