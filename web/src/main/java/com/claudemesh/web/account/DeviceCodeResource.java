package com.claudemesh.web.account;

import com.claudemesh.identity.DeviceCodes;
import com.claudemesh.identity.DeviceDecision;
import com.claudemesh.identity.DeviceInfo;
import com.claudemesh.identity.DevicePoll;
import com.claudemesh.platform.Settings;
import com.claudemesh.presence.WireTime;
import com.claudemesh.web.Answer;
import com.claudemesh.web.JsonBody;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.CurrentCaller;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code /cli/device-code}: a command line asks to be signed in and polls; a person in a browser approves. What a body says
 * about who the person is does not count.
 */
@Path("/cli/device-code")
@RequestScoped
@Requires(Access.PUBLIC)
public class DeviceCodeResource {
    private static final int MAX_BYTES = 16_384;

    @Inject
    private DeviceCodes devices;

    @Inject
    private CurrentCaller caller;

    @Inject
    private Settings settings;

    @POST
    public Response start(InputStream in) {
        DeviceCodes.Started started = devices.start(device(in), caller.origin().address());
        String app = settings.appUrl().toString().replaceFirst("/+$", "");
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("device_code", started.deviceCode());
        body.put("user_code", started.userCode());
        body.put("session_id", started.sessionId());
        body.put("expires_at", WireTime.text(started.expiresAt()));
        body.put("verification_url", app + "/cli-auth");
        body.put("token_url", app + "/token");
        return noStore(body);
    }

    /** An unreadable body says nothing about the machine; only a huge one is refused. */
    private static DeviceInfo device(InputStream in) {
        try {
            JsonBody body = JsonBody.read(in, MAX_BYTES, Answer::error);
            return new DeviceInfo(
                    body.text("hostname").orElse(""),
                    body.text("platform").orElse(""),
                    body.text("arch").orElse(""));
        } catch (WebApplicationException e) {
            if (e.getResponse().getStatus() == 413) {
                throw e;
            }
            return DeviceInfo.UNKNOWN;
        }
    }

    @GET
    @Path("/{code}")
    public Response poll(@PathParam("code") String code) {
        DevicePoll poll = devices.poll(code, caller.origin());
        if (poll instanceof DevicePoll.Approved approved) {
            return noStore(Map.of(
                    "status",
                    "approved",
                    "session_token",
                    approved.token(),
                    "user",
                    Map.of(
                            "id",
                            approved.account().id(),
                            "display_name",
                            approved.account().name(),
                            "email",
                            approved.account().emailText())));
        }
        return noStore(Map.of("status", status(poll)));
    }

    private static String status(DevicePoll poll) {
        if (poll instanceof DevicePoll.Pending) {
            return "pending";
        }
        if (poll instanceof DevicePoll.Denied) {
            return "denied";
        }
        return poll instanceof DevicePoll.Consumed ? "consumed" : "expired";
    }

    @POST
    @Path("/{code}/approve")
    @Requires(Access.BROWSER)
    public Response approve(@PathParam("code") String code) {
        return decided(devices.decide(caller.account(), code, true, caller.origin()));
    }

    private static Response decided(DeviceDecision decision) {
        if (decision instanceof DeviceDecision.Decided) {
            return Answer.ok(Map.of("ok", true));
        }
        if (decision instanceof DeviceDecision.Throttled throttled) {
            return AuthResource.throttled(throttled.retryAfter());
        }
        return decision instanceof DeviceDecision.Expired
                ? Answer.error(410, "Code expired")
                : Answer.error(404, "Code not found or expired");
    }

    private static Response noStore(Object body) {
        return Answer.builder(200, body).header("Cache-Control", "no-store").build();
    }
}
