package com.claudemesh.web.account;

import static com.claudemesh.web.Html.escape;

import com.claudemesh.identity.MailRequest;
import com.claudemesh.identity.PasswordRule;
import com.claudemesh.identity.Passwords;
import com.claudemesh.identity.SignIn;
import com.claudemesh.identity.SignInOutcome;
import com.claudemesh.identity.WebSessions;
import com.claudemesh.identity.oidc.OidcSignIn;
import com.claudemesh.web.FormBody;
import com.claudemesh.web.Html;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.BrowserCookies;
import com.claudemesh.web.access.CurrentCaller;
import com.claudemesh.web.access.Requires;
import com.claudemesh.web.access.ReturnPath;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** {@code /auth/…}: pages to sign in, to register and to ask for a new password. */
@Path("/")
@RequestScoped
@Requires(Access.PUBLIC)
public class SignInPages {

    @Inject
    private SignIn signIn;

    @Inject
    private Passwords passwords;

    @Inject
    private WebSessions sessions;

    @Inject
    private OidcSignIn sso;

    @Inject
    private CurrentCaller caller;

    @Inject
    private BrowserCookies cookies;

    @Inject
    private Forms forms;

    @GET
    @Path("/auth/login")
    public Response page(@QueryParam("return") String wanted) {
        return caller.sessionId().isPresent()
                ? Redirect.to(ReturnPath.of(wanted))
                : signInPage(200, "", "", ReturnPath.of(wanted));
    }

    @POST
    @Path("/auth/login")
    public Response signIn(InputStream in) {
        FormBody form = FormBody.read(in);
        String returnTo = ReturnPath.of(form.text("return"));
        SignInOutcome outcome = signIn.signIn(form.text("email"), form.text("password"), caller.origin());
        if (outcome instanceof SignInOutcome.SignedIn signedIn) {
            return Redirect.to(returnTo, cookies.signedIn(signedIn.session()));
        }
        if (outcome instanceof SignInOutcome.Throttled throttled) {
            return signInPage(
                    429,
                    "Too many attempts. Try again in " + minutes(throttled.retryAfter()) + ".",
                    form.text("email"),
                    returnTo);
        }
        return signInPage(
                403, "That e-mail address and password do not belong together.", form.text("email"), returnTo);
    }

    private Response signInPage(int status, String problem, String email, String returnTo) {
        StringBuilder body = new StringBuilder(Forms.alert(problem));
        if (sso.isConfigured()) {
            body.append("<p><a class=\"button\" href=\"/auth/oidc?return=")
                    .append(URLEncoder.encode(returnTo, StandardCharsets.UTF_8))
                    .append("\">")
                    .append(escape(sso.label()))
                    .append("</a></p>");
        }
        body.append(forms.form(
                "/auth/login",
                Forms.hidden("return", returnTo)
                        + Forms.email(email)
                        + Forms.password("password", "Password", false)
                        + Forms.submit("Sign in")));
        body.append("<p><a href=\"/auth/forgot\">Forgot your password?</a></p>");
        if (passwords.registrationOpen()) {
            body.append("<p><a href=\"/auth/register\">Make an account</a></p>");
        }
        return Html.page(status, "Sign in", body.toString());
    }

    @POST
    @Path("/auth/logout")
    public Response signOut(InputStream in) {
        caller.sessionId().ifPresent(session -> sessions.end(caller.account().id(), session, caller.origin()));
        return Redirect.to("/auth/login", cookies.signedOut());
    }

    @GET
    @Path("/auth/forgot")
    public Response forgotPage() {
        return passwords.mailConfigured() ? forgotPage(200, "") : noMail();
    }

    @POST
    @Path("/auth/forgot")
    public Response forgot(InputStream in) {
        return mailed(
                passwords.forgot(FormBody.read(in).text("email"), caller.origin()),
                "If the address belongs to an account, a link to choose a new password is on its way.",
                this::forgotPage);
    }

    private Response forgotPage(int status, String problem) {
        return Html.page(
                status,
                "Choose a new password",
                Forms.alert(problem) + "<p>You will be mailed a link that works once.</p>"
                        + forms.form("/auth/forgot", Forms.email("") + Forms.submit("Mail me a link")));
    }

    @GET
    @Path("/register")
    public Response registerShortcut() {
        return Redirect.to("/auth/register");
    }

    @GET
    @Path("/auth/register")
    public Response registerPage() {
        return passwords.registrationOpen() ? registerPage(200, "") : registrationClosed();
    }

    @POST
    @Path("/auth/register")
    public Response register(InputStream in) {
        FormBody form = FormBody.read(in);
        return mailed(
                passwords.register(form.text("email"), form.text("name"), caller.origin()),
                "A link to finish your registration is on its way.",
                this::registerPage);
    }

    private Response registerPage(int status, String problem) {
        return Html.page(
                status,
                "Make an account",
                Forms.alert(problem)
                        + forms.form(
                                "/auth/register",
                                Forms.text("name", "Your name", "") + Forms.email("") + Forms.submit("Register")));
    }

    /** A page of its own kind, shown again with what was wrong. */
    @FunctionalInterface
    private interface Again {
        Response show(int status, String problem);
    }

    private Response mailed(MailRequest outcome, String accepted, Again again) {
        if (outcome instanceof MailRequest.Accepted) {
            return Html.page(200, "Look into your mail", "<p role=\"status\">" + escape(accepted) + "</p>");
        }
        if (outcome instanceof MailRequest.Invalid invalid) {
            return again.show(422, invalid.field() + " " + invalid.problem());
        }
        if (outcome instanceof MailRequest.Throttled throttled) {
            return again.show(429, "Too many mails. Try again in " + minutes(throttled.retryAfter()) + ".");
        }
        return outcome instanceof MailRequest.NoMail ? noMail() : registrationClosed();
    }

    private static Response noMail() {
        return Html.page(503, "This server sends no mail", """
                <p>An administrator of this server can give you a link to choose a new password.</p>
                """);
    }

    private static Response registrationClosed() {
        return Html.page(
                403, "Accounts are made by administrators", "<p>Ask an administrator of this server for one.</p>");
    }

    @GET
    @Path("/auth/oidc")
    public Response toProvider(@QueryParam("return") String wanted) {
        if (!sso.isConfigured()) {
            return Html.page(404, "There is no single sign-on here", "<p><a href=\"/auth/login\">Sign in</a></p>");
        }
        return sso.begin(caller.browserSecret(), ReturnPath.of(wanted))
                .map(SignInPages::away)
                .orElseGet(() -> ssoFailed(503, "The identity provider cannot be reached."));
    }

    private static Response away(URI provider) {
        return Response.seeOther(provider).header("Cache-Control", "no-store").build();
    }

    @GET
    @Path("/auth/oidc/callback")
    public Response fromProvider(
            @QueryParam("state") String state,
            @QueryParam("code") String code,
            @QueryParam("error") String error,
            @QueryParam("iss") String issuer) {
        if (!sso.isConfigured()) {
            return ssoFailed(404, "There is no single sign-on here.");
        }
        OidcSignIn.Outcome outcome = sso.complete(
                new OidcSignIn.Answer(state, code, error, issuer), caller.browserSecret(), caller.origin());
        if (outcome instanceof OidcSignIn.Outcome.SignedIn signedIn) {
            return Redirect.to(
                    ReturnPath.of(signedIn.returnTo()),
                    cookies.signedIn(signedIn.result().session()));
        }
        if (outcome instanceof OidcSignIn.Outcome.NotAdmitted no) {
            return ssoFailed(403, SingleSignOnTexts.whyNotAdmitted(no.why()));
        }
        if (outcome instanceof OidcSignIn.Outcome.Failed) {
            return ssoFailed(502, "The identity provider's answer was not good. The server's log says why.");
        }
        return ssoFailed(
                400,
                outcome instanceof OidcSignIn.Outcome.Declined
                        ? "The identity provider did not sign you in."
                        : "This sign-in was not begun in this browser, or too long ago.");
    }

    private static Response ssoFailed(int status, String problem) {
        return Html.page(
                status, "Not signed in", Forms.alert(problem) + "<p><a href=\"/auth/login\">Try again</a></p>");
    }

    private static String minutes(Duration wait) {
        long minutes = wait.plusSeconds(59).toMinutes();
        return minutes == 1 ? "a minute" : minutes + " minutes";
    }

    /** What the page says about passwords that are to be chosen. */
    static String passwordRule() {
        return "<p>At least " + PasswordRule.MIN_CHARS + " characters; a few random words do well.</p>";
    }
}
