package com.claudemesh.web.account;

import com.claudemesh.platform.SecretsRotation;
import com.claudemesh.web.Answer;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code POST /api/admin/secrets/rotate}: everything at rest is encrypted with the current key afterwards. */
@Path("/api/admin/secrets/rotate")
@RequestScoped
@Requires(Access.OPERATOR)
public class SecretsResource {

    @Inject
    private SecretsRotation rotation;

    @POST
    public Response rotate() {
        SecretsRotation.Result result = rotation.run();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("key_id", result.keyId());
        body.put("rotated", result.rotated());
        body.put("unreadable", result.unreadable());
        return Answer.ok(body);
    }
}
