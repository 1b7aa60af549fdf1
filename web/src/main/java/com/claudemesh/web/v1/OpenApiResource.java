package com.claudemesh.web.v1;

import com.claudemesh.web.Answer;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** {@code GET /api/v1/openapi.json}: what the REST interface offers (OpenAPI 3.1). */
@Path("/api/v1/openapi.json")
@RequestScoped
@Requires(Access.PUBLIC)
public class OpenApiResource {

    @GET
    public Response document() {
        try (InputStream in = OpenApiResource.class.getResourceAsStream("/openapi.json")) {
            return Response.ok(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .type(Answer.JSON)
                    .header("Cache-Control", "public, max-age=3600")
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
