package com.claudemesh.web.mesh;

import com.claudemesh.identity.Throttle;
import com.claudemesh.platform.Settings;
import com.claudemesh.web.Answer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;

/** What the caller may do only so many times an hour, on all nodes together. */
@RequestScoped
public class HourlyLimits {

    @Inject
    private Throttle throttle;

    @Inject
    private Settings settings;

    @Inject
    private MeshAccess access;

    /** @throws jakarta.ws.rs.WebApplicationException 429 when the caller has mailed as many invitations as it may */
    void takeInviteMail() {
        take("invitations mailed", settings.meshes().inviteMailsPerHour());
    }

    /** @throws jakarta.ws.rs.WebApplicationException 429 when the caller has taken its data as often as it may */
    void takeExport() {
        take("exports", settings.accounts().exportsPerHour());
    }

    private void take(String what, int perHour) {
        Throttle.Limit limit = new Throttle.Limit(what, perHour, Duration.ofHours(1));
        Duration wait = throttle.take(limit, access.accountId().orElse("operator"));
        if (!wait.isZero()) {
            throw Answer.stop(Answer.builder(429, Map.of("error", "rate_limited"))
                    .header("Retry-After", wait.plusMillis(999).toSeconds())
                    .build());
        }
    }
}
