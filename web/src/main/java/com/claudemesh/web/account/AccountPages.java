package com.claudemesh.web.account;

import static com.claudemesh.web.Html.escape;

import com.claudemesh.identity.Account;
import com.claudemesh.identity.AccountToken;
import com.claudemesh.identity.AccountTokens;
import com.claudemesh.identity.LinkOutcome;
import com.claudemesh.identity.Passwords;
import com.claudemesh.identity.SignedInPlaces;
import com.claudemesh.identity.TokenKind;
import com.claudemesh.identity.TokenOutcome;
import com.claudemesh.identity.WebSession;
import com.claudemesh.identity.WebSessions;
import com.claudemesh.web.FormBody;
import com.claudemesh.web.Html;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.BrowserCookies;
import com.claudemesh.web.access.CurrentCaller;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /account}: what a person sees and changes about the own account. */
@Path("/account")
@RequestScoped
@Requires(Access.BROWSER)
public class AccountPages {
    private static final int DEFAULT_DAYS = 90;

    @Inject
    private CurrentCaller caller;

    @Inject
    private WebSessions sessions;

    @Inject
    private AccountTokens tokens;

    @Inject
    private Passwords passwords;

    @Inject
    private SignedInPlaces places;

    @Inject
    private BrowserCookies cookies;

    @Inject
    private Forms forms;

    @GET
    public Response page() {
        return page(200, "");
    }

    private Response page(int status, String problem) {
        Account account = caller.account();
        return Html.page(
                status,
                "Your account",
                Forms.alert(problem)
                        + "<p><strong>" + escape(account.name()) + "</strong> · " + escape(account.emailText())
                        + (account.isAdministrator() ? " · administrator" : "") + "</p>"
                        + forms.secondaryButton("/auth/logout", "Sign out")
                        + sessionSection(account)
                        + tokenSection(account)
                        + passwordSection(account));
    }

    private String sessionSection(Account account) {
        StringBuilder rows = new StringBuilder();
        for (WebSession session : sessions.list(account.id())) {
            boolean here = caller.sessionId().filter(session.id()::equals).isPresent();
            rows.append("<tr>")
                    .append(cell(
                            "Browser",
                            escape(BrowserName.of(session.userAgent())) + (here ? " <strong>(this one)</strong>" : "")))
                    .append(cell("Address", escape(session.address())))
                    .append(cell("Last seen", time(session.lastSeenAt())))
                    .append(action(
                            here
                                    ? ""
                                    : forms.secondaryButton("/account/sessions/" + session.id() + "/end", "Sign out")))
                    .append("</tr>");
        }
        return "<h2>Browsers</h2>"
                + table("Browsers that are signed in", "Browser</th><th>Address</th><th>Last seen", rows.toString())
                + forms.secondaryButton("/account/sign-out-everywhere", "Sign out everywhere")
                + "<p>Signs out all browsers and command lines. Personal access tokens stay.</p>";
    }

    private String tokenSection(Account account) {
        StringBuilder rows = new StringBuilder();
        for (AccountToken token : tokens.list(account.id())) {
            rows.append("<tr>")
                    .append(cell("Token", escape(what(token))))
                    .append(cell("Expires", time(token.expiresAt())))
                    .append(cell("Last used", time(token.lastUsedAt())))
                    .append(action(forms.secondaryButton("/account/tokens/" + token.id() + "/revoke", "Revoke")))
                    .append("</tr>");
        }
        return "<h2>Command lines and tokens</h2>"
                + (rows.isEmpty()
                        ? "<p>There are none.</p>"
                        : table("Tokens that work", "Token</th><th>Expires</th><th>Last used", rows.toString()))
                + forms.form(
                        "/account/tokens",
                        Forms.text("name", "Name of a new personal access token", "")
                                + Forms.text("days", "Days until it expires", Integer.toString(DEFAULT_DAYS))
                                + Forms.submit("Make a token"));
    }

    /** In a narrow window the label stands before the value, instead of above the column. */
    private static String cell(String label, String html) {
        return "<td data-label=\"" + label + "\">" + html + "</td>";
    }

    private static String action(String html) {
        return "<td>" + html + "</td>";
    }

    private static String what(AccountToken token) {
        return token.kind() == TokenKind.PERSONAL
                ? token.name()
                : "Command line on " + token.device().hostname() + " ("
                        + token.device().platform() + ")";
    }

    private String passwordSection(Account account) {
        if (!account.hasPassword()) {
            return "";
        }
        return "<h2>Password</h2>" + SignInPages.passwordRule()
                + forms.form(
                        "/account/password",
                        Forms.username(account.emailText())
                                + Forms.password("current", "Current password", false)
                                + Forms.password("password", "New password", true)
                                + Forms.password("again", "New password again", true)
                                + Forms.submit("Change password"));
    }

    private static String table(String caption, String headings, String rows) {
        return "<table><caption>" + escape(caption) + "</caption><thead><tr><th>" + headings
                + "</th><th><span class=\"hidden\">Action</span></th></tr></thead><tbody>" + rows
                + "</tbody></table>";
    }

    private static String time(@Nullable Instant instant) {
        return instant == null ? "never" : Html.time(instant);
    }

    @POST
    @Path("/sessions/{id}/end")
    public Response endSession(@PathParam("id") String id) {
        sessions.end(caller.account().id(), id, caller.origin());
        return Redirect.to("/account");
    }

    @POST
    @Path("/sign-out-everywhere")
    public Response signOutEverywhere() {
        places.signOutEverywhere(caller.account().id(), caller.origin());
        return Redirect.to("/auth/login", cookies.signedOut());
    }

    @POST
    @Path("/tokens/{id}/revoke")
    public Response revokeToken(@PathParam("id") String id) {
        tokens.revoke(caller.account().id(), id, caller.origin());
        return Redirect.to("/account");
    }

    @POST
    @Path("/tokens")
    public Response makeToken(InputStream in) {
        FormBody form = FormBody.read(in);
        TokenOutcome outcome =
                tokens.issuePersonal(caller.account(), form.text("name"), days(form.text("days")), caller.origin());
        if (outcome instanceof TokenOutcome.Issued issued) {
            return TokenPage.shownOnce(issued, "Use it as a bearer token, or give it to the command line client:");
        }
        return outcome instanceof TokenOutcome.Invalid invalid
                ? page(422, invalid.field() + " " + invalid.problem())
                : page(409, "There are too many tokens. Revoke one first.");
    }

    /** Anything but a small number is out of bounds, and said to be. */
    private static int days(String text) {
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    }

    @POST
    @Path("/password")
    public Response changePassword(InputStream in) {
        FormBody form = FormBody.read(in);
        if (!form.text("password").equals(form.text("again"))) {
            return page(422, "The two new passwords are not the same.");
        }
        Optional<LinkOutcome.Invalid> problem = passwords.change(
                caller.account(),
                form.text("current"),
                form.text("password"),
                caller.sessionId().orElse(null),
                caller.origin());
        return problem.map(invalid -> page(422, words(invalid.field()) + " " + invalid.problem()))
                .orElseGet(() -> Html.page(
                        200,
                        "Your password is changed",
                        "<p role=\"status\">Everywhere else you are signed out.</p>"
                                + "<p><a href=\"/account\">Your account</a></p>"));
    }

    private static String words(String field) {
        return "The " + field.replace('_', ' ');
    }
}
