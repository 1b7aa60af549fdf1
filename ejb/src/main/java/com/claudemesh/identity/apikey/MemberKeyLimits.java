package com.claudemesh.identity.apikey;

import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.protocol.frame.ApiKeyCreate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which keys a member that is no administrator may make: its command line needs one for the moment in which it reads or
 * posts over HTTP what it may read and post anyway.
 *
 * @param maxLife from the making to the end, which must be given
 * @param maxLive keys of one member at a time
 */
public record MemberKeyLimits(Duration maxLife, int maxLive) {
    private static final Set<ApiKeyCapability> OWN = Set.of(ApiKeyCapability.READ, ApiKeyCapability.SEND);
    /** Clocks differ: a key that is asked for five minutes must not fail for that. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    /** What is wrong with the wish; empty for nothing. */
    Optional<String> problem(ApiKeyCreate wish, Instant now) {
        if (!OWN.containsAll(wish.capabilities())) {
            return Optional.of("capabilities: only administrators make keys that do more than read and send");
        }
        Instant latest = now.plus(maxLife).plus(CLOCK_SKEW);
        return wish.expiry().filter(expiry -> !expiry.isAfter(latest)).isPresent()
                ? Optional.empty()
                : Optional.of("expiresAt: only administrators make keys that live longer than " + maxLife.toMinutes()
                        + " minutes");
    }
}
