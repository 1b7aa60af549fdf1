package com.claudemesh.web;

import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code /health}, {@code /health/ready} and {@code /metrics}. */
@Path("/")
@RequestScoped
@Requires(Access.PUBLIC)
public class HealthResource {

    @Inject
    private ServerHealth health;

    @Inject
    private com.claudemesh.platform.Metrics metrics;

    /** Always 200 while the process answers: a database that is away for a moment must not get it killed. */
    @GET
    @Path("/health")
    public Response health() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", "ok");
        body.put("db", health.databaseAnswers() ? "up" : "down");
        addBuild(body);
        return Answer.ok(body);
    }

    /** The application's own word for it. */
    @GET
    @Path("/api/health")
    public Response application() {
        return Answer.ok(Map.of("status", "ok"));
    }

    @GET
    @Path("/health/ready")
    public Response ready() {
        Optional<String> reason = health.whyNotReady();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", reason.isEmpty() ? "ready" : "not_ready");
        reason.ifPresent(text -> body.put("reason", text));
        addBuild(body);
        return Answer.json(reason.isEmpty() ? 200 : 503, body);
    }

    private void addBuild(Map<String, Object> body) {
        body.put("version", health.version());
        body.put("gitSha", health.gitSha());
        body.put("uptime", health.uptimeSeconds());
    }

    @GET
    @Path("/metrics")
    public Response metrics() {
        return Response.ok(metrics.render()).type("text/plain; version=0.0.4").build();
    }
}
