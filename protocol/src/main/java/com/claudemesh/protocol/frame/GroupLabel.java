package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A group that a peer is in, with an optional role. Names may be hierarchical with {@code /}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GroupLabel(String name, @Nullable String role) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./-]{0,63}");

    public GroupLabel {
        checkName("groups.name", name);
        checkRole("groups.role", role);
    }

    static void checkName(String field, String name) {
        Fields.required(field, name);
        if (!NAME.matcher(name).matches() || "all".equals(name)) {
            throw new InvalidFieldException(
                    field, "must be 1-64 of A-Z a-z 0-9 _ . / -, begin with a letter or digit, and not be 'all'");
        }
    }

    static void checkRole(String field, @Nullable String role) {
        Fields.optionalText(field, role, Limits.MAX_GROUP_ROLE_CHARS);
    }
}
