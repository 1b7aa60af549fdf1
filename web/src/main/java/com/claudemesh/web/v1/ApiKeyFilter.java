package com.claudemesh.web.v1;

import com.claudemesh.identity.apikey.ApiKeyGrant;
import com.claudemesh.identity.apikey.ApiKeyVerdict;
import com.claudemesh.identity.apikey.ApiKeys;
import com.claudemesh.platform.Settings;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.AccessFilter;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request through to a resource of API keys when its key is live, within its rate and has the capability that the
 * method needs. Cookies count for nothing here. Requests that a plain HTML form could make need an origin of our own.
 */
@Provider
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION + 1)
public class ApiKeyFilter implements ContainerRequestFilter {
    private static final Pattern BEARER = Pattern.compile("^Bearer\\s+(.+)$");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    @Inject
    private ApiKeys keys;

    @Inject
    private CurrentKey current;

    @Inject
    private Settings settings;

    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        if (AccessFilter.requirement(resource)
                .filter(access -> access == Access.API_KEY)
                .isEmpty()) {
            return;
        }
        refuseForms(request);
        ApiKeyGrant grant = authenticate(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        Needs needs = resource.getResourceMethod().getAnnotation(Needs.class);
        if (needs == null) {
            throw new IllegalStateException("a method without needs: " + resource.getResourceMethod());
        }
        if (!Arrays.stream(needs.value()).allMatch(grant::allows)) {
            throw ApiProblem.of(403, "error.api_key_missing_capability");
        }
        current.become(grant);
    }

    private void refuseForms(ContainerRequestContext request) {
        if (!READING.contains(request.getMethod())
                && FormRequest.isPossible(request.getMediaType())
                && !FormRequest.isOwnOrigin(request.getHeaderString("Origin"), ownOrigins())) {
            throw ApiProblem.of(403, "error.forbidden", "Content-Type: must be application/json");
        }
    }

    private List<URI> ownOrigins() {
        return List.of(settings.appUrl(), settings.httpBase());
    }

    private ApiKeyGrant authenticate(@Nullable String authorization) {
        Matcher bearer = BEARER.matcher(authorization == null ? "" : authorization.strip());
        if (!bearer.matches()) {
            throw ApiProblem.of(401, "error.api_key_missing");
        }
        ApiKeyVerdict verdict = keys.authenticate(bearer.group(1).strip());
        if (verdict instanceof ApiKeyVerdict.Granted granted) {
            return granted.grant();
        }
        throw verdict instanceof ApiKeyVerdict.RateLimited limited
                ? ApiProblem.later(429, "error.rate_limited", "error.rate_limited", limited.retryAfter())
                : ApiProblem.of(401, "error.api_key_invalid");
    }
}
