package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A new API key.
 *
 * @param secret shown this once
 * @param topicScopes null for all topics
 */
public record ApiKeyCreated(
        String id,
        String secret,
        String label,
        String prefix,
        List<ApiKeyCapability> capabilities,

        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable List<String> topicScopes,

        String createdAt)
        implements ServerFrame {

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "ApiKeyCreated[" + id + "]";
    }
}
