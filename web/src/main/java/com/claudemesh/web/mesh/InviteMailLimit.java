package com.claudemesh.web.mesh;

import com.claudemesh.identity.Throttle;
import com.claudemesh.platform.Settings;
import com.claudemesh.web.Answer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;

/** How many invitations the caller may mail, on all nodes together. */
@RequestScoped
public class InviteMailLimit {

    @Inject
    private Throttle throttle;

    @Inject
    private Settings settings;

    @Inject
    private MeshAccess access;

    /** @throws jakarta.ws.rs.WebApplicationException 429 when the caller has mailed as many as it may */
    void take() {
        Throttle.Limit limit =
                new Throttle.Limit("invitations mailed", settings.meshes().inviteMailsPerHour(), Duration.ofHours(1));
        Duration wait = throttle.take(limit, access.accountId().orElse("operator"));
        if (!wait.isZero()) {
            throw Answer.stop(Answer.builder(429, Map.of("error", "rate_limited"))
                    .header("Retry-After", Math.max(1, wait.toSeconds()))
                    .build());
        }
    }
}
