package com.claudemesh.web;

import com.claudemesh.platform.Settings;
import com.claudemesh.presence.HookOutcome;
import com.claudemesh.presence.HookReport;
import com.claudemesh.presence.NetworkAddress;
import com.claudemesh.presence.StatusEngine;
import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.frame.InvalidFieldException;
import com.claudemesh.protocol.frame.Status;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.ClientAddress;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /hook/set-status}: hooks of coding sessions say that work begins or ends. No credential; a report concerns
 * only connections from the same network address.
 */
@Path("/hook/set-status")
@RequestScoped
@Requires(Access.PUBLIC)
public class HookResource {

    @Inject
    private StatusEngine statuses;

    @Inject
    private HookRates rates;

    @Inject
    private Settings settings;

    @Inject
    private ClientAddress addresses;

    @Context
    private HttpServletRequest request;

    @POST
    public Response setStatus(InputStream in) {
        String address = NetworkAddress.normal(addresses.of(request));
        long waitMillis = rates.waitForAddress(address);
        if (waitMillis > 0) {
            return tooMany(waitMillis);
        }
        JsonBody body = JsonBody.read(in, settings.maxMessageBytes(), HookResource::refusal);
        Optional<String> cwd = body.text("cwd");
        Optional<String> status = body.text("status");
        if (cwd.isEmpty() || status.isEmpty()) {
            return Answer.notOk(200, "cwd and status required");
        }
        try {
            return report(new HookReport(
                    address,
                    pid(body),
                    bounded("cwd", cwd.get(), Limits.MAX_TEXT_CHARS),
                    body.text("session_id")
                            .map(id -> bounded("session_id", id, Limits.MAX_NAME_CHARS))
                            .orElse(null),
                    Status.fromWire(status.get())));
        } catch (InvalidFieldException e) {
            return Answer.notOk(400, e.getMessage());
        }
    }

    private Response report(HookReport report) {
        long waitMillis = rates.waitForSession(report);
        if (waitMillis > 0) {
            return tooMany(waitMillis);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ok", true);
        if (statuses.hook(report) instanceof HookOutcome.Applied applied) {
            answer.put("presence_id", applied.presenceId());
        } else {
            answer.put("pending", true);
        }
        return Answer.ok(answer);
    }

    private static long pid(JsonBody body) {
        if (!body.has("pid")) {
            return 0;
        }
        return body.number("pid").orElseThrow(() -> new InvalidFieldException("pid", "must be a whole number"));
    }

    private static String bounded(String field, String text, int maxChars) {
        if (text.length() > maxChars) {
            throw new InvalidFieldException(field, "is longer than " + maxChars + " characters");
        }
        return text;
    }

    /** The protocol answers an unreadable body on this route with 500. */
    private static Response refusal(int status, String error) {
        return Answer.notOk(status == 400 ? 500 : status, error);
    }

    private static Response tooMany(long waitMillis) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ok", false);
        body.put("error", "rate limited");
        return Answer.builder(429, body)
                .header("Retry-After", (waitMillis + 999) / 1000)
                .build();
    }
}
