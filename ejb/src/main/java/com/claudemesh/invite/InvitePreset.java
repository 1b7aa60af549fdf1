package com.claudemesh.invite;

import com.claudemesh.mesh.MemberProfile;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an invitation gives the member that it makes; a name in it wins over the one that the member brings. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InvitePreset(
        @Nullable String displayName,
        @Nullable String roleTag,
        @Nullable List<GroupLabel> groups,
        @Nullable String messageMode) {
    public static final InvitePreset NONE = new InvitePreset(null, null, null, null);

    MemberProfile profile(String wantedName) {
        MemberProfile plain = MemberProfile.named(displayName == null ? wantedName : displayName);
        return new MemberProfile(
                plain.displayName(),
                roleTag,
                groups == null ? plain.groups() : groups,
                messageMode == null ? plain.messageMode() : messageMode);
    }

    String toJson() {
        try {
            return Json.mapper().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a preset cannot be written", e);
        }
    }

    static InvitePreset parse(String json) throws SQLException {
        try {
            return Json.mapper().readValue(json, InvitePreset.class);
        } catch (JsonProcessingException e) {
            throw new SQLException("a stored preset cannot be read", e);
        }
    }
}
