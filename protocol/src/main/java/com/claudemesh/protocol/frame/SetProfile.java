package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes parts of the peer's {@link PeerProfile}: what is absent stays, an empty value clears. Answered by a receipt. */
public record SetProfile(
        @Nullable String avatar,
        @Nullable String title,
        @Nullable String bio,
        @Nullable List<String> capabilities) implements ClientFrame {

    public SetProfile {
        Fields.optionalText("avatar", avatar, Limits.MAX_AVATAR_CHARS);
        Fields.optionalText("title", title, Limits.MAX_TITLE_CHARS);
        Fields.optionalText("bio", bio, Limits.MAX_BIO_CHARS);
        capabilities = Fields.optionalList("capabilities", capabilities, Limits.MAX_CAPABILITIES);
        if (capabilities != null) {
            capabilities.forEach(
                    capability -> Fields.text("capabilities", capability, Limits.MAX_PROFILE_CAPABILITY_CHARS));
        }
    }
}
