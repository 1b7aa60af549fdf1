package com.claudemesh.web;

import com.claudemesh.identity.OverloadedException;
import com.claudemesh.inspection.SlowListException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Map;

/** Failures as clients may see them: the protocol's 404, and no internal text in a 500. */
@Provider
@ApplicationScoped
public class Failures implements ExceptionMapper<Exception> {
    private static final Logger LOG = System.getLogger(Failures.class.getName());

    @Inject
    private Clock clock;

    @Context
    private UriInfo uri;

    @Context
    private HttpHeaders headers;

    @Override
    public Response toResponse(Exception failure) {
        if (failure instanceof WebApplicationException known) {
            Response response = known.getResponse();
            if (response.hasEntity()) {
                return response;
            }
            return response.getStatus() == 404 || response.getStatus() == 405
                    ? notFound()
                    : Answer.error(response.getStatus(), "request_refused");
        }
        if (failure instanceof OverloadedException) {
            return Answer.builder(503, Map.of("error", "overloaded"))
                    .header("Retry-After", 5)
                    .build();
        }
        if (failure instanceof InvalidParameterException invalid) {
            return Answer.invalid(invalid.field(), invalid.problem());
        }
        if (failure instanceof SlowListException) {
            return Answer.error(503, "list_too_slow");
        }
        LOG.log(Level.ERROR, "event=request_failed", failure);
        return path().startsWith("/api/v1/")
                ? Answer.envelope(500, "error.internal", "the request failed", path(), clock.instant())
                : Answer.error(500, "internal_error");
    }

    /** Only browsers ask for HTML by name, and they do so for pages and not for what scripts fetch. */
    private boolean wantsPage() {
        String accepted = headers.getHeaderString(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains(MediaType.TEXT_HTML) && !path().startsWith("/api/");
    }

    private String path() {
        return uri.getRequestUri().getRawPath();
    }

    /** The application's interface has other words for it than the broker's; people in browsers get a page. */
    private Response notFound() {
        if (wantsPage()) {
            return Html.page(404, "There is no such page", "<p><a href=\"/\">What this server is</a></p>");
        }
        boolean application = path().startsWith("/api/");
        return Response.status(404)
                .entity(application ? "404 Not Found" : "not found")
                .type(MediaType.TEXT_PLAIN)
                .build();
    }
}
