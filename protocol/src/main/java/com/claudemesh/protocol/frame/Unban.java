package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import org.jspecify.annotations.Nullable;

/**
 * Lets a banned member in again. For administrators; answered by {@link UnbanAck}.
 *
 * @param target member key or exact member name; without one the answer is the error {@code invalid}
 */
public record Unban(@Nullable String target) implements ClientFrame {

    public Unban {
        Fields.optionalText("target", target, Limits.MAX_NAME_CHARS);
    }
}
