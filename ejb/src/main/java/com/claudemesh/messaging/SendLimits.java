package com.claudemesh.messaging;

import com.claudemesh.platform.RateLimiter;
import com.claudemesh.presence.Peer;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How much may be sent: by one member over all its sessions, by a whole mesh, and back and forth between two members. The
 * buckets are of this node. Safe for any thread.
 */
final class SendLimits {
    private final RateLimiter perMember;
    private final RateLimiter perMesh;
    private final LoopGuard loops;

    SendLimits(MessagingSettings settings, LongSupplier nanoClock) {
        this.perMember =
                new RateLimiter(settings.member().burst(), settings.member().perMinute(), nanoClock);
        this.perMesh = new RateLimiter(settings.mesh().burst(), settings.mesh().perMinute(), nanoClock);
        this.loops = new LoopGuard(settings.loop().burst(), settings.loop().perMinute(), nanoClock);
    }

    /** A limit that was hit. The text starts with what clients recognise it by and names the time to wait. */
    record Exceeded(String reason, String text, long retryAfterMillis) {}

    Optional<Exceeded> take(Peer sender) {
        long memberMillis = perMember.tryAcquire(sender.memberId());
        if (memberMillis > 0) {
            return exceeded("rate_limit", "too many messages", memberMillis);
        }
        return takeOfMesh(sender.meshId());
    }

    /** Of the mesh alone, for a sender whose own rate is limited elsewhere. */
    Optional<Exceeded> takeOfMesh(String meshId) {
        long meshMillis = perMesh.tryAcquire(meshId);
        return meshMillis > 0 ? exceeded("rate_limit", "too many messages in this mesh", meshMillis) : Optional.empty();
    }

    Optional<Exceeded> takeTurn(Peer sender, Recipient recipient) {
        long millis = loops.tryPass(sender.memberId(), recipient.memberId());
        return millis > 0
                ? exceeded("loop_protection", "too many turns back and forth with this peer", millis)
                : Optional.empty();
    }

    private static Optional<Exceeded> exceeded(String reason, String what, long millis) {
        return Optional.of(new Exceeded(reason, reason + ": " + what + ", try again in " + millis + " ms", millis));
    }

    void sweep() {
        perMember.sweep();
        perMesh.sweep();
        loops.sweep();
    }
}
