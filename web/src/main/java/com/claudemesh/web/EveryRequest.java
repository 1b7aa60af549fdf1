package com.claudemesh.web;

import com.claudemesh.platform.RateLimiter;
import com.claudemesh.platform.Settings;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * What holds for every request: CORS headers, {@code OPTIONS}, security headers, and a rate limit per address on routes
 * that need no credential. The operator's token lifts that limit.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class EveryRequest extends HttpFilter {
    private static final List<String> OPEN_ROUTES = List.of("/join", "/i/", "/api/public/", "/sign-in/");

    @Inject
    private transient Settings settings;

    @Inject
    private transient OperatorGate operator;

    private transient RateLimiter limiter;

    @Override
    public void init(FilterConfig config) throws ServletException {
        super.init(config);
        limiter = new RateLimiter(settings.publicRatePerMinute(), settings.publicRatePerMinute(), System::nanoTime);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        addHeaders(response);
        if ("OPTIONS".equals(request.getMethod())) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        if (isOpenRoute(request) && !operator.admits(request.getHeader("Authorization"))) {
            long waitMillis = limiter.tryAcquire(request.getRemoteAddr());
            if (waitMillis > 0) {
                refuse(response, waitMillis);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private static boolean isOpenRoute(HttpServletRequest request) {
        String path = request.getRequestURI();
        return OPEN_ROUTES.stream().anyMatch(path::startsWith);
    }

    private static void refuse(HttpServletResponse response, long waitMillis) throws IOException {
        response.setStatus(429);
        response.setHeader("Retry-After", Long.toString((waitMillis + 999) / 1000));
        response.setContentType(Answer.JSON);
        response.getWriter().write("{\"error\":\"rate_limited\"}");
    }

    private static void addHeaders(HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Access-Control-Allow-Methods", "POST, GET, PATCH, DELETE, OPTIONS");
        response.setHeader(
                "Access-Control-Allow-Headers",
                "Content-Type, Authorization, X-Mesh-Id, X-Member-Id, X-File-Name, X-Tags, X-Persistent,"
                        + " X-Target-Spec, X-Encrypted, X-Owner-Pubkey, X-File-Keys");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader(
                "Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'");
    }
}
