package com.claudemesh.web.v1;

import com.claudemesh.web.Answer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.time.Clock;
import java.util.Map;

/** Writes refusals of the REST interface. */
@Provider
@ApplicationScoped
public class ApiProblems implements ExceptionMapper<ApiProblem> {

    @Inject
    private Clock clock;

    @Context
    private UriInfo uri;

    @Override
    public Response toResponse(ApiProblem problem) {
        Map<String, Object> body = Answer.envelopeBody(
                problem.status(),
                problem.code(),
                problem.getMessage(),
                uri.getRequestUri().getRawPath(),
                clock.instant());
        if (problem.field() != null) {
            body.put("field", problem.field());
        }
        Response.ResponseBuilder answer = Answer.builder(problem.status(), body);
        if (problem.retryAfterSeconds() > 0) {
            answer.header(HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds());
        }
        if (problem.status() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return answer.build();
    }
}
