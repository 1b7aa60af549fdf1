package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;

/**
 * Ends an API key. For administrators; answered by {@link ApiKeyRevokeResponse}.
 *
 * @param id the whole id, or its first {@link Limits#MIN_KEY_PREFIX_CHARS} characters or more, taken literally
 */
public record ApiKeyRevoke(String id) implements ClientFrame {

    public ApiKeyRevoke {
        Fields.text("id", id, Limits.MAX_NAME_CHARS);
        if (id.length() < Limits.MIN_KEY_PREFIX_CHARS) {
            throw new InvalidFieldException("id", "needs at least " + Limits.MIN_KEY_PREFIX_CHARS + " characters");
        }
    }
}
