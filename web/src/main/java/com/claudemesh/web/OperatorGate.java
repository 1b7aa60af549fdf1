package com.claudemesh.web;

import com.claudemesh.identity.IdentityService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Lets the bearer of the operator token through. */
@ApplicationScoped
public class OperatorGate {
    private static final String SCHEME = "Bearer ";

    @Inject
    private IdentityService identity;

    /** @throws jakarta.ws.rs.WebApplicationException 401 with the protocol's reason */
    void require(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith(SCHEME)) {
            throw Answer.stop(Answer.error(401, "missing_bearer_token"));
        }
        String token = authorization.substring(SCHEME.length()).strip();
        if (token.isEmpty()) {
            throw Answer.stop(Answer.error(401, "empty_bearer_token"));
        }
        if (!identity.isOperator(token)) {
            throw Answer.stop(Answer.error(401, "invalid_or_revoked_token"));
        }
    }

    boolean admits(@Nullable String authorization) {
        return authorization != null
                && authorization.startsWith(SCHEME)
                && identity.isOperator(authorization.substring(SCHEME.length()).strip());
    }
}
