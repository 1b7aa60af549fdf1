package com.claudemesh.web.v1;

import com.claudemesh.identity.apikey.IdempotentRequests;
import com.claudemesh.identity.apikey.IdempotentRequests.Claim;
import com.claudemesh.identity.apikey.IdempotentRequests.Decision;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.encoding.Hex;
import com.claudemesh.web.Answer;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.AccessFilter;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * {@code Idempotency-Key} on POST: the first request is carried out, and every other one with the same key and the same
 * content gets its answer, with {@code Idempotency-Replayed: true}. Another content is 422, one that is not finished 409.
 * Answers that say "try again" (429, 5xx) are not kept.
 */
@Provider
@ApplicationScoped
@Priority(Priorities.AUTHORIZATION)
public class IdempotencyFilter implements ContainerRequestFilter, ContainerResponseFilter {
    static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";
    private static final String CLAIM = IdempotencyFilter.class.getName() + ".claim";
    private static final int MAX_KEY_CHARS = 255;

    @Inject
    private IdempotentRequests requests;

    @Inject
    private CurrentKey key;

    @Inject
    private RequestLimits limits;

    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        String idempotencyKey = request.getHeaderString(HEADER);
        if (idempotencyKey == null || !request.getMethod().equals("POST") || !isForApiKeys()) {
            return;
        }
        if (!isUsable(idempotencyKey)) {
            throw ApiProblem.of(
                    400,
                    "error.invalid_idempotency_key",
                    HEADER + ": must be 1 to " + MAX_KEY_CHARS + " visible ASCII characters");
        }
        byte[] body = RequestBody.bytes(request.getEntityStream(), limits.maxBodyBytes());
        request.setEntityStream(new ByteArrayInputStream(body));
        Decision decision = requests.begin(key.grant().keyId(), idempotencyKey, hash(request, body));
        if (decision instanceof Decision.CarryOut mine) {
            request.setProperty(CLAIM, mine.claim());
        } else if (decision instanceof Decision.Replay replay) {
            request.abortWith(Answer.builder(replay.status(), "")
                    .entity(replay.body())
                    .header(REPLAYED, "true")
                    .build());
        } else if (decision instanceof Decision.InProgress waiting) {
            throw ApiProblem.later(
                    409,
                    "error.request_in_progress",
                    HEADER + ": a request with this key is being carried out",
                    waiting.retryAfter());
        } else {
            throw ApiProblem.of(
                    422, "error.idempotency_key_reused", HEADER + ": was used for a request with another content");
        }
    }

    private boolean isForApiKeys() {
        return AccessFilter.requirement(resource)
                .filter(access -> access == Access.API_KEY)
                .isPresent();
    }

    private static boolean isUsable(String key) {
        return !key.isEmpty() && key.length() <= MAX_KEY_CHARS && key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static String hash(ContainerRequestContext request, byte[] body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes((request.getUriInfo().getRequestUri().getRawPath() + "\n").getBytes(StandardCharsets.UTF_8));
        all.writeBytes(body);
        return Hex.encode(Digests.sha256(all.toByteArray()));
    }

    /** Which request this is, the same for every repetition; empty when it named no idempotency key. */
    static Optional<String> requestId(ContainerRequestContext request) {
        return request.getProperty(CLAIM) instanceof Claim claim ? Optional.of(claim.requestId()) : Optional.empty();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(CLAIM) instanceof Claim claim)) {
            return;
        }
        boolean temporary = response.getStatus() == 429
                || response.getStatusInfo().getFamily() == Response.Status.Family.SERVER_ERROR;
        if (temporary || !(response.getEntity() instanceof String body)) {
            requests.abandon(claim);
        } else {
            requests.finish(claim, response.getStatus(), body);
            response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }
}
