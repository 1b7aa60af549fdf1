package com.claudemesh.identity.apikey;

import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.protocol.frame.ApiKeyCreate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which keys a member may make for itself that does not administer the mesh: short-lived ones that can do no more than the
 * member can on its socket. Command lines need them to follow a topic.
 *
 * @param maxLife longest life of such a key
 * @param maxLive most of them at a time, per member
 */
public record MemberKeyRule(Duration maxLife, int maxLive) {
    private static final Set<ApiKeyCapability> ALLOWED = Set.of(ApiKeyCapability.READ, ApiKeyCapability.SEND);

    /** Why not, if not. */
    Optional<String> objection(ApiKeyCreate wish, Instant now) {
        if (!ALLOWED.containsAll(wish.capabilities())) {
            return Optional.of("members make keys for themselves with read and send only");
        }
        boolean brief = wish.expiry()
                .filter(expiry -> !expiry.isAfter(now.plus(maxLife)))
                .isPresent();
        return brief
                ? Optional.empty()
                : Optional.of(
                        "members make keys for themselves that expire within " + maxLife.toMinutes() + " minutes");
    }
}
