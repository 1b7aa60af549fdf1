package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A group that a peer is in, with an optional role. Names may be hierarchical with {@code /}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GroupLabel(String name, @Nullable String role) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./-]{0,63}");

    public GroupLabel {
        Fields.required("groups.name", name);
        if (!NAME.matcher(name).matches() || "all".equals(name)) {
            throw new InvalidFieldException(
                    "groups.name",
                    "must be 1-64 of A-Z a-z 0-9 _ . / -, begin with a letter or digit, and not be 'all'");
        }
        Fields.optionalText("groups.role", role, 64);
    }
}
