package com.claudemesh.web.v1;

import com.claudemesh.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** How large requests may be. */
@ApplicationScoped
public class RequestLimits {
    /** What a message may have around its content: field names, mentions, names. */
    private static final int AROUND_A_MESSAGE_BYTES = 16_384;

    @Inject
    private Settings settings;

    int maxBodyBytes() {
        return settings.maxMessageBytes() + AROUND_A_MESSAGE_BYTES;
    }

    /** Most characters of ciphertext, nonce and target together. */
    int maxMessageChars() {
        return settings.maxMessageBytes();
    }
}
