package com.claudemesh.web.access;

import com.claudemesh.web.Answer;
import com.claudemesh.web.Html;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** A refusal in the words of the interface that was asked: command lines, the application's interface, pages. */
final class Refusals {
    private Refusals() {}

    /** @param reason why a bearer token was not accepted, or that there was none */
    static Response unauthenticated(ContainerRequestContext request, Access access, String reason, Clock clock) {
        String path = path(request);
        if (path.startsWith("/api/auth/cli/") || path.startsWith("/cli/") && access == Access.BROWSER) {
            return Answer.error(401, "Not authenticated");
        }
        if (path.startsWith("/cli/")) {
            return Answer.error(401, reason);
        }
        return path.startsWith("/api/")
                ? Answer.envelope(401, "error.unauthorized", "sign in first: " + reason, path, clock.instant())
                : toSignIn(request);
    }

    static Response forbidden(ContainerRequestContext request, String problem, Clock clock) {
        String path = path(request);
        if (path.startsWith("/cli/")) {
            return Answer.error(403, problem);
        }
        return path.startsWith("/api/")
                ? Answer.envelope(403, "error.forbidden", problem, path, clock.instant())
                : Html.page(
                        403,
                        "This is not for you",
                        "<p role=\"alert\">Refused: " + Html.escape(problem)
                                + ".</p><p><a href=\"/account\">Your account</a></p>");
    }

    /** What was wanted is kept for after the sign-in; what was posted is not. */
    private static Response toSignIn(ContainerRequestContext request) {
        URI uri = request.getUriInfo().getRequestUri();
        String wanted = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        String back = "GET".equals(request.getMethod()) ? ReturnPath.of(wanted) : ReturnPath.DEFAULT;
        return Response.seeOther(URI.create("/auth/login?return=" + URLEncoder.encode(back, StandardCharsets.UTF_8)))
                .header("Cache-Control", "no-store")
                .build();
    }

    private static String path(ContainerRequestContext request) {
        return request.getUriInfo().getRequestUri().getRawPath();
    }
}
