package com.claudemesh.web.account;

import static com.claudemesh.web.Html.escape;

import com.claudemesh.identity.AccountLink;
import com.claudemesh.identity.LinkOutcome;
import com.claudemesh.identity.Passwords;
import com.claudemesh.identity.SignIn;
import com.claudemesh.identity.SignInOutcome;
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
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;

/** {@code /sign-in/:token}: a link that works once, for the first administrator, new people, and forgotten passwords. */
@Path("/sign-in/{token}")
@RequestScoped
@Requires(Access.PUBLIC)
public class LinkPages {

    @Inject
    private Passwords passwords;

    @Inject
    private SignIn signIn;

    @Inject
    private CurrentCaller caller;

    @Inject
    private BrowserCookies cookies;

    @Inject
    private Forms forms;

    /** Opening the link does not use it: mail scanners and previews open links, too. */
    @GET
    public Response page(@PathParam("token") String token) {
        return passwords.look(token).map(link -> page(200, token, link, "", "")).orElseGet(LinkPages::gone);
    }

    @POST
    public Response complete(@PathParam("token") String token, InputStream in) {
        FormBody form = FormBody.read(in);
        Optional<AccountLink> link = passwords.look(token);
        if (link.isEmpty()) {
            return gone();
        }
        if (!form.text("password").equals(form.text("again"))) {
            return page(422, token, link.get(), form.text("email"), "The two passwords are not the same.");
        }
        LinkOutcome outcome = passwords.complete(token, form.text("email"), form.text("password"), caller.origin());
        if (outcome instanceof LinkOutcome.Invalid invalid) {
            String problem = ("email".equals(invalid.field()) ? "The e-mail address " : "The password ")
                    + invalid.problem() + ".";
            return page(422, token, link.get(), form.text("email"), problem);
        }
        return outcome instanceof LinkOutcome.Done done
                ? signedIn(done.account().emailText(), form.text("password"))
                : gone();
    }

    /** With the password that was just chosen, so that every session begins with a sign-in. */
    private Response signedIn(String email, String password) {
        return signIn.signIn(email, password, caller.origin()) instanceof SignInOutcome.SignedIn signedIn
                ? Redirect.to(ReturnPath.DEFAULT, cookies.signedIn(signedIn.session()))
                : Redirect.to("/auth/login");
    }

    private Response page(int status, String token, AccountLink link, String email, String problem) {
        String address = link.email() == null
                ? Forms.email(email)
                : "<p>You sign in with <strong>" + escape(link.email()) + "</strong>.</p>"
                        + Forms.username(link.email());
        return Html.page(
                status,
                "Welcome, " + link.name(),
                Forms.alert(problem)
                        + "<p>Choose how you sign in from now on. This link works once.</p>"
                        + SignInPages.passwordRule()
                        + forms.form(
                                "/sign-in/" + token,
                                address
                                        + Forms.password("password", "Password", true)
                                        + Forms.password("again", "The same password again", true)
                                        + Forms.submit("Save and sign in")));
    }

    private static Response gone() {
        return Html.page(
                410,
                "This link was used or has expired",
                "<p><a href=\"/auth/login\">Sign in</a>, or ask whoever sent it for a new one.</p>");
    }
}
