package com.claudemesh.web.mesh;

import com.claudemesh.mesh.ProfileChange;
import com.claudemesh.mesh.Role;
import com.claudemesh.platform.DisplayName;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.web.Answer;
import com.claudemesh.web.JsonBody;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A wanted change of a member; anything wrong is refused with 400 and a text that names the field. */
final class ProfileBody {
    private static final Set<String> MODES = Set.of("push", "inbox", "off");

    private ProfileBody() {}

    static ProfileChange of(JsonBody body) {
        String name = text(body, "displayName")
                .map(text -> DisplayName.clean(text).orElseThrow(() -> refused("displayName " + DisplayName.RULE)))
                .orElse(null);
        Optional<JsonNode> tag = body.value("roleTag");
        boolean clear = tag.isPresent()
                && (tag.get().isNull()
                        || tag.get().isTextual() && tag.get().textValue().isBlank());
        String roleTag = clear
                ? null
                : text(body, "roleTag")
                        .map(text -> DisplayName.clean(text).orElseThrow(() -> refused("roleTag " + DisplayName.RULE)))
                        .orElse(null);
        List<GroupLabel> groups = body.has("groups")
                ? InviteBody.groups("groups", body.value("groups").orElseThrow())
                : null;
        String mode = text(body, "messageMode").orElse(null);
        if (mode != null && !MODES.contains(mode)) {
            throw refused("messageMode must be push, inbox or off");
        }
        Role role = text(body, "permission")
                .map(text -> Role.fromWire(text).orElseThrow(() -> refused("permission must be admin or member")))
                .orElse(null);
        return new ProfileChange(name, roleTag, clear, groups, mode, role);
    }

    /** Empty when the member is absent or null; anything but a text is refused. */
    private static Optional<String> text(JsonBody body, String field) {
        if (!body.has(field)) {
            return Optional.empty();
        }
        JsonNode value = body.value(field).orElseThrow();
        if (!value.isTextual()) {
            throw refused(field + " must be a text");
        }
        return Optional.of(value.textValue());
    }

    private static WebApplicationException refused(String problem) {
        return Answer.stop(Answer.notOk(400, problem));
    }
}
