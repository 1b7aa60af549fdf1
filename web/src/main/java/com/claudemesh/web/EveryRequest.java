package com.claudemesh.web;

import com.claudemesh.identity.Operator;
import com.claudemesh.platform.RateLimiter;
import com.claudemesh.platform.Settings;
import com.claudemesh.web.access.ClientAddress;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * What holds for every request: CORS headers, {@code OPTIONS}, security headers, and a rate limit per address on routes
 * that need no credential. The operator's token lifts that limit.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class EveryRequest extends HttpFilter {
    private static final String OPERATOR_BEARER = "Bearer cm_op_";

    @Inject
    private transient Settings settings;

    @Inject
    private transient Operator operator;

    @Inject
    private transient ClientAddress addresses;

    private transient RateLimiter requests;
    private transient RateLimiter polls;
    private transient RateLimiter codes;

    @Override
    public void init(FilterConfig config) throws ServletException {
        super.init(config);
        int perMinute = settings.publicRatePerMinute();
        int pollsPerMinute = settings.accounts().pollsPerMinute();
        requests = new RateLimiter(perMinute, perMinute, System::nanoTime);
        polls = new RateLimiter(pollsPerMinute, pollsPerMinute, System::nanoTime);
        int codesPerMinute = settings.meshes().inviteCodesPerMinute();
        codes = new RateLimiter(codesPerMinute, codesPerMinute, System::nanoTime);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        addHeaders(request, response);
        if ("OPTIONS".equals(request.getMethod())) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        OpenRoutes.Kind kind = OpenRoutes.kindOf(request.getMethod(), request.getRequestURI());
        if (kind != OpenRoutes.Kind.OTHER && !isOperator(request)) {
            RateLimiter limiter =
                    switch (kind) {
                        case POLL -> polls;
                        case CODE -> codes;
                        default -> requests;
                    };
            long waitMillis = limiter.tryAcquire(OpenRoutes.bucket(addresses.of(request)));
            if (waitMillis > 0) {
                refuse(response, waitMillis);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private boolean isOperator(HttpServletRequest request) {
        String authorization = request.getHeader("Authorization");
        return authorization != null
                && authorization.startsWith(OPERATOR_BEARER)
                && operator.isToken(authorization.substring("Bearer ".length()).strip());
    }

    private static void refuse(HttpServletResponse response, long waitMillis) throws IOException {
        response.setStatus(429);
        response.setHeader("Retry-After", Long.toString((waitMillis + 999) / 1000));
        response.setContentType(Answer.JSON);
        response.getWriter().write("{\"error\":\"rate_limited\"}");
    }

    private void addHeaders(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Access-Control-Allow-Methods", "POST, GET, PATCH, DELETE, OPTIONS");
        response.setHeader(
                "Access-Control-Allow-Headers",
                "Content-Type, Authorization, X-Mesh-Id, X-Member-Id, X-File-Name, X-Tags, X-Persistent,"
                        + " X-Target-Spec, X-Encrypted, X-Owner-Pubkey, X-File-Keys, Idempotency-Key, Last-Event-ID");
        response.setHeader("Access-Control-Expose-Headers", "Retry-After, Idempotency-Replayed");
        response.setHeader("Access-Control-Max-Age", "3600");
        response.setHeader("X-Content-Type-Options", "nosniff");
        // Not "no-referrer" where forms are: a browser would then post them with the origin "null".
        response.setHeader(
                "Referrer-Policy", OpenRoutes.isInvitation(request.getRequestURI()) ? "no-referrer" : "same-origin");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
        if ("https".equals(settings.appUrl().getScheme())) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }
}
