package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import org.jspecify.annotations.Nullable;

/** The recipient has a message. At least one id must be given, else the frame is ignored. */
public record ClientAck(
        @Nullable String clientMessageId, @Nullable String brokerMessageId) implements ClientFrame {

    public ClientAck {
        Fields.optionalText("clientMessageId", clientMessageId, Limits.MAX_NAME_CHARS);
        Fields.optionalText("brokerMessageId", brokerMessageId, Limits.MAX_NAME_CHARS);
    }
}
