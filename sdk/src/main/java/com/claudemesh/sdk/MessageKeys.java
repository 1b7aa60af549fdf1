package com.claudemesh.sdk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a message is recognised by when it comes again: its id, and its sender's id for it within the sender's own. */
final class MessageKeys {
    private MessageKeys() {}

    static List<String> of(IncomingMessage message) {
        String member = message.senderMemberPublicKey();
        return of(message.messageId(), member == null ? message.senderPublicKey() : member, message.clientMessageId());
    }

    static List<String> of(String messageId, String sender, @Nullable String clientMessageId) {
        return clientMessageId == null ? List.of(messageId) : List.of(messageId, sender + "/" + clientMessageId);
    }
}
