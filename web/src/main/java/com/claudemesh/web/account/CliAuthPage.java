package com.claudemesh.web.account;

import static com.claudemesh.web.Html.escape;

import com.claudemesh.identity.DeviceCodes;
import com.claudemesh.identity.DeviceDecision;
import com.claudemesh.identity.PendingDevice;
import com.claudemesh.web.FormBody;
import com.claudemesh.web.Html;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.CurrentCaller;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code /cli-auth}: shows a person which command line asks to be signed in, and lets the person decide. A visit decides
 * nothing, whatever its address says.
 */
@Path("/cli-auth")
@RequestScoped
@Requires(Access.BROWSER)
public class CliAuthPage {

    @Inject
    private DeviceCodes devices;

    @Inject
    private SyncPages syncPages;

    @Inject
    private CurrentCaller caller;

    @Inject
    private Forms forms;

    @GET
    public Response page(
            @QueryParam("session") @Nullable String session,
            @QueryParam("code") @Nullable String code,
            @QueryParam("port") @Nullable String port) {
        if (port != null) {
            return syncPages.ask(port, code == null ? "" : code);
        }
        if (session == null && code == null) {
            return askForCode(200, "", "");
        }
        String given = session != null ? session : code;
        DeviceDecision decision = devices.look(caller.account(), given);
        return decision instanceof DeviceDecision.Waiting waiting
                ? decide(given, waiting.device())
                : notWaiting(decision, session != null ? "" : given);
    }

    @POST
    public Response decide(InputStream in) {
        FormBody form = FormBody.read(in);
        if (!form.text("port").isEmpty()) {
            return syncPages.handOver(form.text("port"), form.text("code"));
        }
        String code = form.text("code");
        String answer = form.text("answer");
        if (!answer.equals("approve") && !answer.equals("deny")) {
            DeviceDecision decision = devices.look(caller.account(), code);
            return decision instanceof DeviceDecision.Waiting waiting
                    ? decide(code, waiting.device())
                    : notWaiting(decision, code);
        }
        DeviceDecision decision = devices.decide(caller.account(), code, answer.equals("approve"), caller.origin());
        if (!(decision instanceof DeviceDecision.Decided decided)) {
            return notWaiting(decision, "");
        }
        return decided.approved()
                ? Html.page(200, "Your command line is signed in", "<p role=\"status\">Return to your terminal.</p>")
                : Html.page(200, "Denied", "<p role=\"status\">The command line is not signed in.</p>");
    }

    private Response askForCode(int status, String problem, String code) {
        return Html.page(
                status,
                "Sign a command line in",
                Forms.alert(problem)
                        + forms.form(
                                "/cli-auth",
                                Forms.text("code", "The code that your terminal shows, like ABCD-EFGH", code)
                                        + Forms.submit("Continue")));
    }

    private Response decide(String code, PendingDevice pending) {
        return Html.page(
                200,
                "Sign this command line in?",
                """
                <p>It will act as <strong>%s</strong> until you revoke it.</p>
                <p>Your terminal must show this code. If it does not, or if you did not just run
                <code>claudemesh login</code>, deny.</p>
                <p class="code">%s</p>
                <dl>
                <dt>Machine</dt><dd>%s</dd>
                <dt>System</dt><dd>%s, %s</dd>
                <dt>Network address</dt><dd>%s</dd>
                <dt>Asked at</dt><dd>%s</dd>
                </dl>
                %s
                """.formatted(
                                escape(caller.account().name()),
                                escape(pending.userCode()),
                                escape(pending.device().hostname()),
                                escape(pending.device().platform()),
                                escape(pending.device().arch()),
                                escape(pending.address()),
                                Html.time(pending.createdAt()),
                                forms.form(
                                        "/cli-auth",
                                        Forms.hidden("code", code)
                                                + "<button type=\"submit\" name=\"answer\" value=\"approve\">Approve</button> "
                                                + "<button type=\"submit\" class=\"secondary\" name=\"answer\" value=\"deny\">Deny</button>")));
    }

    /** @param typed what a person may have mistyped, to be corrected; never the secret of a link */
    private Response notWaiting(DeviceDecision decision, String typed) {
        if (decision instanceof DeviceDecision.Throttled) {
            return askForCode(429, "Too many wrong codes. Wait a minute.", typed);
        }
        return decision instanceof DeviceDecision.Expired
                ? askForCode(410, "This code has expired. Run claudemesh login again.", "")
                : askForCode(404, "No command line waits with this code.", typed);
    }
}
