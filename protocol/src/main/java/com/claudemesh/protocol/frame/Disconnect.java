package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections whose clients may come back. For administrators; answered by {@link DisconnectAck}.
 *
 * @param all everybody but the asking connection; looked at first
 * @param stale peers that were not heard of for more than so many milliseconds, but not the asking connection; looked at
 *     second
 * @param target member key, session key, exact session name, or at least {@link Limits#MIN_KEY_PREFIX_CHARS} digits of a
 *     key
 */
public record Disconnect(
        @Nullable Boolean all,
        @Nullable Long stale,
        @Nullable String target) implements ClientFrame {

    public Disconnect {
        Fields.optionalNumber("stale", stale, 1);
        Fields.optionalText("target", target, Limits.MAX_NAME_CHARS);
    }
}
