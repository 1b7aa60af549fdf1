package com.claudemesh.web.access;

import com.claudemesh.identity.Caller;
import com.claudemesh.identity.Callers;
import com.claudemesh.identity.RequestOrigin;
import com.claudemesh.platform.Settings;
import com.claudemesh.protocol.crypto.primitive.Bytes;
import com.claudemesh.protocol.crypto.token.RandomCode;
import com.claudemesh.web.FormBody;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out who calls, and refuses who may not. A bearer token wins over a cookie. A request that changes something and
 * comes from a browser must come from one of our own pages: its origin is ours, and for cookies and forms it carries the
 * form token, in the header {@code X-CSRF-Token} or in the field {@code csrf}.
 */
@Provider
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class AccessFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final Logger LOG = System.getLogger(AccessFilter.class.getName());
    private static final String SCHEME = "Bearer ";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final String NEW_BROWSER = AccessFilter.class.getName() + ".newBrowser";

    @Inject
    private Callers callers;

    @Inject
    private CurrentCaller current;

    @Inject
    private BrowserCookies cookies;

    @Inject
    private ClientAddress addresses;

    @Inject
    private Settings settings;

    @Inject
    private Clock clock;

    @Context
    private ResourceInfo resource;

    @Context
    private HttpServletRequest servletRequest;

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        Optional<Access> access = requirement(resource);
        if (access.isEmpty()) {
            LOG.log(Level.ERROR, "event=resource_without_requirement method=" + resource.getResourceMethod());
            request.abortWith(Refusals.forbidden(request, "forbidden", clock));
            return;
        }
        String agent = Optional.ofNullable(request.getHeaderString(HttpHeaders.USER_AGENT))
                .orElse("");
        current.from(new RequestOrigin(addresses.of(servletRequest), agent));
        if (access.get() == Access.API_KEY) {
            return;
        }
        identify(request, access.get());
    }

    /** What the method requires, else what its class does. */
    public static Optional<Access> requirement(ResourceInfo resource) {
        Requires ofMethod = resource.getResourceMethod().getAnnotation(Requires.class);
        Requires declared =
                ofMethod != null ? ofMethod : resource.getResourceClass().getAnnotation(Requires.class);
        return Optional.ofNullable(declared).map(Requires::value);
    }

    private void identify(ContainerRequestContext request, Access access) throws IOException {
        String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        String reason = "missing_bearer_token";
        // The space after the scheme is lost on the way when nothing follows it.
        if (authorization != null && (authorization + " ").startsWith(SCHEME)) {
            String token = authorization.substring(SCHEME.length() - 1).strip();
            // A public resource does not care who calls, so a stale token must not break it.
            Optional<Caller> bearer =
                    access == Access.PUBLIC || token.isEmpty() ? Optional.empty() : callers.byBearer(token);
            bearer.ifPresent(current::become);
            reason = token.isEmpty() ? "empty_bearer_token" : "invalid_or_revoked_token";
        } else {
            identifyBrowser(request);
        }
        if (!isFromOurPage(request)) {
            request.abortWith(
                    Refusals.forbidden(request, "the request does not come from a page of this server", clock));
        } else if (!access.admits(current.caller())) {
            boolean known = !(current.caller() instanceof Caller.Anonymous);
            request.abortWith(
                    known
                            ? Refusals.forbidden(request, "you may not do this", clock)
                            : Refusals.unauthenticated(request, access, reason, clock));
        }
    }

    private void identifyBrowser(ContainerRequestContext request) {
        String browser = cookies.browser(request.getCookies());
        if (browser.isEmpty()) {
            browser = RandomCode.urlToken();
            request.setProperty(NEW_BROWSER, browser);
        }
        String session = cookies.session(request.getCookies());
        Optional<Caller> signedIn = session.isEmpty() ? Optional.empty() : callers.bySession(session);
        signedIn.ifPresent(current::become);
        current.browser(browser, BrowserCookies.formToken(signedIn.isPresent() ? session : browser));
    }

    private boolean isFromOurPage(ContainerRequestContext request) throws IOException {
        if (READING.contains(request.getMethod())) {
            return true;
        }
        boolean json = MediaType.APPLICATION_JSON_TYPE.isCompatible(request.getMediaType());
        boolean browser = current.caller() instanceof Caller.Browser;
        boolean form = MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(request.getMediaType())
                && !request.getMediaType().isWildcardType();
        boolean ownOrigin = OwnOrigin.isOwn(
                request.getHeaderString("Origin"),
                request.getHeaderString("Host"),
                List.of(settings.appUrl(), settings.httpBase()));
        if (!ownOrigin && (!json || browser)) {
            return false;
        }
        return !browser && !(form && hasOrigin(request)) || carriesFormToken(request, form);
    }

    /** Browsers name their origin with every post; programs do not. */
    private static boolean hasOrigin(ContainerRequestContext request) {
        return request.getHeaderString("Origin") != null;
    }

    private boolean carriesFormToken(ContainerRequestContext request, boolean form) throws IOException {
        String presented = request.getHeaderString("X-CSRF-Token");
        if (presented == null && form) {
            byte[] body = FormBody.readBytes(request.getEntityStream());
            request.setEntityStream(new ByteArrayInputStream(body));
            presented = FormBody.parse(body).text("csrf");
        }
        return presented != null
                && Bytes.equal(
                        presented.getBytes(StandardCharsets.UTF_8),
                        current.formToken().getBytes(StandardCharsets.UTF_8));
    }

    /** A browser that has no secret yet gets one with the page that needs it. */
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Object fresh = request.getProperty(NEW_BROWSER);
        MediaType type = response.getMediaType();
        boolean page = type != null && type.isCompatible(MediaType.TEXT_HTML_TYPE);
        boolean redirect =
                response.getStatusInfo().getFamily() == jakarta.ws.rs.core.Response.Status.Family.REDIRECTION;
        if (fresh instanceof String secret && (page || redirect)) {
            response.getHeaders().add(HttpHeaders.SET_COOKIE, cookies.newBrowser(secret));
        }
    }
}
