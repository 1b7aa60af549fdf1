package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a peer presents itself to people. Shown as it is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PeerProfile(
        @Nullable String avatar,
        @Nullable String title,
        @Nullable String bio,
        @Nullable List<String> capabilities) {

    public static final PeerProfile EMPTY = new PeerProfile(null, null, null, null);

    @JsonIgnore
    public boolean isEmpty() {
        return equals(EMPTY);
    }

    /** The profile after a change: absent parts stay, empty ones are cleared. */
    public PeerProfile merged(SetProfile change) {
        return new PeerProfile(
                merged(avatar, change.avatar()),
                merged(title, change.title()),
                merged(bio, change.bio()),
                merged(capabilities, change.capabilities()));
    }

    private static @Nullable String merged(@Nullable String old, @Nullable String change) {
        if (change == null) {
            return old;
        }
        return change.isEmpty() ? null : change;
    }

    private static @Nullable List<String> merged(@Nullable List<String> old, @Nullable List<String> change) {
        if (change == null) {
            return old;
        }
        return change.isEmpty() ? null : change;
    }
}
