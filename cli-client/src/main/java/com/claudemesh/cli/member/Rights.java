package com.claudemesh.cli.member;

import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What one member may do.
 *
 * @param granted the flags that are set
 */
record Rights(Member member, boolean owner, List<String> granted) {

    static Rights of(JsonNode row) {
        ObjectNode member = Output.object()
                .put("id", row.path("member_id").asText(""))
                .put("displayName", row.path("display_name").asText(""))
                .put("permission", row.path("role").asText("member"));
        List<String> granted = PermissionApi.FLAGS.stream()
                .filter(flag -> row.path("permissions").path(flag).asBoolean())
                .toList();
        return new Rights(Member.of(member), row.path("is_owner").asBoolean(), granted);
    }

    ObjectNode json() {
        ObjectNode json = Output.object()
                .put("memberId", member.id())
                .put("displayName", member.displayName())
                .put("role", member.role())
                .put("isOwner", owner);
        ObjectNode permissions = json.putObject("permissions");
        PermissionApi.FLAGS.forEach(flag -> permissions.put(flag, granted.contains(flag)));
        return json;
    }
}
