package com.claudemesh.web;

import com.claudemesh.inspection.MeshInspection;
import com.claudemesh.presence.WireTime;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/public/stats}: three numbers of the whole server, counted at most once a minute. */
@Path("/api/public/stats")
@ApplicationScoped
@Requires(Access.PUBLIC)
public class PublicStatsResource {
    private static final Duration KEPT = Duration.ofSeconds(60);

    @Inject
    private MeshInspection meshes;

    @Inject
    private Clock clock;

    private @Nullable Counted counted;

    private record Counted(Map<String, Object> body, Instant at) {}

    @GET
    public synchronized Response stats() {
        Instant now = clock.instant();
        Counted known = counted;
        if (known != null && now.isBefore(known.at().plus(KEPT))) {
            return Answer.builder(200, known.body()).header("x-cache", "HIT").build();
        }
        Counted fresh = new Counted(count(now), now);
        counted = fresh;
        return Answer.builder(200, fresh.body())
                .header("x-cache", "MISS")
                .header("Cache-Control", "public, max-age=60, s-maxage=60")
                .build();
    }

    private Map<String, Object> count(Instant now) {
        MeshInspection.Totals totals = meshes.totals();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("messagesRouted", meshes.messagesEver());
        body.put("meshesCreated", totals.meshes());
        body.put("peersActive", totals.activePresences());
        body.put("lastUpdated", WireTime.text(now));
        return body;
    }
}
