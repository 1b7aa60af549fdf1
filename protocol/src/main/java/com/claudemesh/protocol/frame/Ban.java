package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import org.jspecify.annotations.Nullable;

/**
 * Shuts a member out and ends its connections. For administrators; answered by {@link BanAck}.
 *
 * @param target member key, exact member name, or at least {@link Limits#MIN_KEY_PREFIX_CHARS} digits of the key; without one the answer is the error {@code invalid}
 */
public record Ban(@Nullable String target) implements ClientFrame {

    public Ban {
        Fields.optionalText("target", target, Limits.MAX_NAME_CHARS);
    }
}
