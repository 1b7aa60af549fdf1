package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;

/**
 * Asks what became of a message of the mesh; answered by {@link MessageStatusResult}.
 *
 * @param messageId a whole id, or a literal prefix of at least eight characters
 */
public record MessageStatus(String messageId) implements ClientFrame {

    public MessageStatus {
        Fields.text("messageId", messageId, Limits.MAX_NAME_CHARS);
    }
}
