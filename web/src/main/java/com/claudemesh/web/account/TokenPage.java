package com.claudemesh.web.account;

import static com.claudemesh.web.Html.escape;

import com.claudemesh.identity.AccountTokens;
import com.claudemesh.identity.DeviceInfo;
import com.claudemesh.identity.TokenOutcome;
import com.claudemesh.web.Html;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.CurrentCaller;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** {@code /token}: makes a token to paste into a command line. */
@Path("/token")
@RequestScoped
@Requires(Access.BROWSER)
public class TokenPage {
    private static final DeviceInfo PASTED = new DeviceInfo("paste-token", "unknown", "unknown");

    @Inject
    private AccountTokens tokens;

    @Inject
    private CurrentCaller caller;

    @Inject
    private Forms forms;

    @GET
    public Response page() {
        return Html.page(
                200,
                "A token for your command line",
                "<p>It works for 30 days, or until you revoke it on <a href=\"/account\">your account's page</a>.</p>"
                        + forms.button("/token", "Make a token"));
    }

    @POST
    public Response make() {
        TokenOutcome outcome = tokens.issuePasted(caller.account(), PASTED, caller.origin());
        return outcome instanceof TokenOutcome.Issued issued
                ? shownOnce(issued, "Run <code>claudemesh login</code> and paste it:")
                : Html.page(409, "There are too many tokens", "<p><a href=\"/account\">Revoke one first.</a></p>");
    }

    /** @param how HTML that says what to do with the token */
    static Response shownOnce(TokenOutcome.Issued issued, String how) {
        return Html.page(
                200,
                "Your token",
                "<p role=\"status\">It is shown this once, and works until "
                        + Html.time(issued.token().expiresAt()) + ".</p><p>" + how
                        + "</p><pre><code>" + escape(issued.secret()) + "</code></pre>"
                        + "<p><a href=\"/account\">Your account</a></p>");
    }
}
