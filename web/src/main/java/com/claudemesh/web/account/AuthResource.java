package com.claudemesh.web.account;

import com.claudemesh.identity.Account;
import com.claudemesh.identity.LinkOutcome;
import com.claudemesh.identity.MailRequest;
import com.claudemesh.identity.Passwords;
import com.claudemesh.identity.SignIn;
import com.claudemesh.identity.SignInOutcome;
import com.claudemesh.identity.SignedInPlaces;
import com.claudemesh.identity.WebSessions;
import com.claudemesh.web.Answer;
import com.claudemesh.web.JsonBody;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.BrowserCookies;
import com.claudemesh.web.access.CurrentCaller;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /api/auth/…}: sign-in, sessions and passwords for scripts of our own pages. Writes with a cookie carry the token of
 * {@code GET /api/auth/session} in the header {@code X-CSRF-Token}.
 */
@Path("/api/auth")
@RequestScoped
public class AuthResource {
    private static final int MAX_BYTES = 16_384;

    @Inject
    private SignIn signIn;

    @Inject
    private Passwords passwords;

    @Inject
    private WebSessions sessions;

    @Inject
    private SignedInPlaces places;

    @Inject
    private CurrentCaller caller;

    @Inject
    private BrowserCookies cookies;

    @GET
    @Path("/session")
    @Requires(Access.PUBLIC)
    public Response session() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("signed_in", caller.sessionId().isPresent());
        caller.person().ifPresent(account -> body.put("user", Views.account(account)));
        body.put("csrf", caller.formToken());
        return noStore(200, body);
    }

    @POST
    @Path("/sign-in")
    @Requires(Access.PUBLIC)
    public Response signIn(InputStream in) {
        JsonBody body = read(in);
        SignInOutcome outcome = signIn.signIn(
                body.text("email").orElse(""), body.text("password").orElse(""), caller.origin());
        if (outcome instanceof SignInOutcome.SignedIn signedIn) {
            return Answer.builder(200, Map.of("ok", true, "user", Views.account(signedIn.account())))
                    .cookie(cookies.signedIn(signedIn.session()))
                    .header("Cache-Control", "no-store")
                    .build();
        }
        return outcome instanceof SignInOutcome.Throttled throttled
                ? throttled(throttled.retryAfter())
                : Answer.error(401, "invalid_credentials");
    }

    @POST
    @Path("/sign-out")
    @Requires(Access.BROWSER)
    public Response signOut() {
        sessions.end(caller.account().id(), caller.sessionId().orElseThrow(), caller.origin());
        return signedOut();
    }

    @POST
    @Path("/sign-out-everywhere")
    @Requires(Access.BROWSER)
    public Response signOutEverywhere() {
        places.signOutEverywhere(caller.account().id(), caller.origin());
        return signedOut();
    }

    private Response signedOut() {
        return Answer.builder(200, Map.of("ok", true))
                .cookie(cookies.signedOut())
                .build();
    }

    @GET
    @Path("/sessions")
    @Requires(Access.BROWSER)
    public Response sessions() {
        String here = caller.sessionId().orElseThrow();
        return noStore(
                200,
                Map.of(
                        "sessions",
                        sessions.list(caller.account().id()).stream()
                                .map(session ->
                                        Views.session(session, session.id().equals(here)))
                                .toList()));
    }

    @DELETE
    @Path("/sessions/{id}")
    @Requires(Access.BROWSER)
    public Response endSession(@PathParam("id") String id) {
        return sessions.end(caller.account().id(), id, caller.origin())
                ? Answer.ok(Map.of("ok", true))
                : Answer.error(404, "session_not_found");
    }

    @POST
    @Path("/password")
    @Requires(Access.BROWSER)
    public Response changePassword(InputStream in) {
        JsonBody body = read(in);
        Account account = caller.account();
        Optional<LinkOutcome.Invalid> problem = passwords.change(
                account,
                body.text("current_password").orElse(""),
                body.text("new_password").orElse(""),
                caller.sessionId().orElse(null),
                caller.origin());
        return problem.map(AuthResource::invalid).orElseGet(() -> Answer.ok(Map.of("ok", true)));
    }

    @POST
    @Path("/password/forgot")
    @Requires(Access.PUBLIC)
    public Response forgot(InputStream in) {
        return mailed(passwords.forgot(read(in).text("email").orElse(""), caller.origin()));
    }

    @POST
    @Path("/register")
    @Requires(Access.PUBLIC)
    public Response register(InputStream in) {
        JsonBody body = read(in);
        return mailed(passwords.register(
                body.text("email").orElse(""), body.text("name").orElse(""), caller.origin()));
    }

    @POST
    @Path("/link")
    @Requires(Access.PUBLIC)
    public Response completeLink(InputStream in) {
        JsonBody body = read(in);
        LinkOutcome outcome = passwords.complete(
                body.text("token").orElse(""),
                body.text("email").orElse(""),
                body.text("password").orElse(""),
                caller.origin());
        if (outcome instanceof LinkOutcome.Invalid invalid) {
            return invalid(invalid);
        }
        return outcome instanceof LinkOutcome.Done ? Answer.ok(Map.of("ok", true)) : Answer.error(410, "link_gone");
    }

    private static Response mailed(MailRequest outcome) {
        if (outcome instanceof MailRequest.Accepted) {
            return Answer.ok(Map.of("ok", true));
        }
        if (outcome instanceof MailRequest.Invalid invalid) {
            return Answer.invalid(invalid.field(), invalid.problem());
        }
        if (outcome instanceof MailRequest.Throttled throttled) {
            return throttled(throttled.retryAfter());
        }
        return outcome instanceof MailRequest.NoMail
                ? Answer.error(503, "mail_not_configured")
                : Answer.error(403, "registration_closed");
    }

    private static Response invalid(LinkOutcome.Invalid invalid) {
        return Answer.invalid(invalid.field(), invalid.problem());
    }

    static Response throttled(Duration retryAfter) {
        return Answer.builder(429, Map.of("error", "rate_limited"))
                .header("Retry-After", Math.max(1, retryAfter.plusMillis(999).toSeconds()))
                .build();
    }

    private static JsonBody read(InputStream in) {
        return JsonBody.read(in, MAX_BYTES, Answer::error);
    }

    private static Response noStore(int status, Object body) {
        return Answer.builder(status, body).header("Cache-Control", "no-store").build();
    }
}
