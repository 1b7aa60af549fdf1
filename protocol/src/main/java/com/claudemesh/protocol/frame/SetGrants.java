package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.encoding.Hex;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes what the asking member lets others do; an addition to the protocol, for clients without an account. Answered by
 * {@link GrantsResult}. Senders that are not named keep what they have.
 *
 * @param grants by the sender's key, 64 lower-case hex digits: a list replaces what the sender may do, an empty one blocks
 *     it, null takes it back to the defaults. At most {@link Limits#MAX_GRANT_CHANGES} entries.
 */
public record SetGrants(Map<String, @Nullable List<Grant>> grants) implements ClientFrame {

    public SetGrants {
        grants = checked(Fields.required("grants", grants));
    }

    private static Map<String, @Nullable List<Grant>> checked(Map<String, @Nullable List<Grant>> changes) {
        if (changes.size() > Limits.MAX_GRANT_CHANGES) {
            throw new InvalidFieldException("grants", "has more than " + Limits.MAX_GRANT_CHANGES + " entries");
        }
        Map<String, @Nullable List<Grant>> copy = new LinkedHashMap<>();
        changes.forEach((key, capabilities) -> {
            if (!Hex.isLowerKey(key)) {
                throw new InvalidFieldException("grants", "every key must be 64 lower-case hex digits");
            }
            copy.put(key, Fields.optionalList("grants", capabilities, Grant.values().length));
        });
        return Collections.unmodifiableMap(copy);
    }
}
