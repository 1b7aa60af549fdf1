package com.claudemesh.web.mesh;

import com.claudemesh.audit.AuditEvent;
import com.claudemesh.audit.AuditExporter;
import com.claudemesh.audit.AuditLog;
import com.claudemesh.mesh.Actor;
import com.claudemesh.mesh.Meshes;
import com.claudemesh.mesh.Requirement;
import com.claudemesh.web.Answer;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * {@code GET /api/my/meshes/:id/audit}: the whole record of a mesh as JSON Lines, for those who administer it, and for its
 * owner also after its end. That it was taken is in the record.
 */
@Path("/api/my/meshes/{id}/audit")
@RequestScoped
@Requires(Access.PERSON)
public class AuditExportResource {

    @Inject
    private MeshAccess access;

    @Inject
    private Meshes meshes;

    @Inject
    private AuditExporter exporter;

    @Inject
    private AuditLog audit;

    @Inject
    private Clock clock;

    @GET
    public Response export(@PathParam("id") String id) {
        if (!access.may(Requirement.ADMIN, id) && !ownsArchived(id)) {
            return Answer.error(404, "Mesh not found");
        }
        Actor actor = access.actor(id);
        audit.append(List.of(
                AuditEvent.of(id, "audit_exported", actor.memberId(), actor.displayName(), Map.of(), clock.instant())));
        StreamingOutput lines = out -> {
            try {
                exporter.export(id, out);
            } catch (SQLException e) {
                throw new IOException("the record could not be read", e);
            }
        };
        return Response.ok(lines)
                .type("application/x-ndjson")
                .header("Cache-Control", "no-store")
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"audit-" + id.replaceAll("[^0-9A-Za-z]", "") + ".jsonl\"")
                .build();
    }

    private boolean ownsArchived(String id) {
        return access.accountId()
                .flatMap(account -> meshes.details(account, id))
                .filter(details -> details.mesh().owner())
                .isPresent();
    }
}
