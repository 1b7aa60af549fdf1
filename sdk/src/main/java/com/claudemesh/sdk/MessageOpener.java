package com.claudemesh.sdk;

import com.claudemesh.protocol.crypto.DirectMessage;
import com.claudemesh.protocol.crypto.DirectMessageCipher;
import com.claudemesh.protocol.crypto.PlaintextBody;
import com.claudemesh.protocol.crypto.Sealed;
import com.claudemesh.protocol.frame.Push;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns pushes into messages: decides by how a message was addressed, not by trial, whether it is encrypted. A direct
 * message that does not open has no text; it is never shown as decoded base64. Safe for any thread.
 */
final class MessageOpener {
    private final DirectMessageCipher member;
    private final @Nullable DirectMessageCipher session;

    MessageOpener(DirectMessageCipher member, @Nullable DirectMessageCipher session) {
        this.member = member;
        this.session = session;
    }

    IncomingMessage open(Push push, String receivedAt) {
        IncomingMessage.Kind kind = kind(push.targetSpec());
        boolean plain = isPlain(push, kind);
        Optional<String> text = plain ? PlaintextBody.decode(push.ciphertext()) : decrypt(push, kind);
        return new IncomingMessage(
                push.meshId(),
                push.messageId(),
                push.senderPubkey(),
                push.senderMemberPubkey(),
                push.senderName(),
                push.priority(),
                push.createdAt(),
                receivedAt,
                kind == IncomingMessage.Kind.UNKNOWN && text.isPresent() && !plain ? IncomingMessage.Kind.DIRECT : kind,
                push.targetSpec(),
                text.orElse(null),
                !plain,
                push.subtype(),
                push.clientMessageId(),
                push.replyToId());
    }

    private static boolean isPlain(Push push, IncomingMessage.Kind kind) {
        if (push.nonce().isEmpty()) {
            return true;
        }
        boolean versionOne = push.bodyVersion() == null || push.bodyVersion() <= PlaintextBody.BODY_VERSION;
        return versionOne && push.targetSpec() != null && kind != IncomingMessage.Kind.DIRECT;
    }

    /** Bodies of topics and groups that are encrypted have keys of their own, which are not known here. */
    private Optional<String> decrypt(Push push, IncomingMessage.Kind kind) {
        if (kind != IncomingMessage.Kind.DIRECT && push.targetSpec() != null) {
            return Optional.empty();
        }
        Sealed sealed = new Sealed(push.nonce(), push.ciphertext());
        Optional<String> text = session == null ? Optional.empty() : session.decrypt(sealed, push.senderPubkey());
        return text.isPresent() ? text : member.decrypt(sealed, push.senderPubkey());
    }

    private static IncomingMessage.Kind kind(@Nullable String target) {
        if (target == null) {
            return IncomingMessage.Kind.UNKNOWN;
        }
        if (DirectMessage.isDirectTarget(target)) {
            return IncomingMessage.Kind.DIRECT;
        }
        if (target.equals("*") || target.equals("@all")) {
            return IncomingMessage.Kind.BROADCAST;
        }
        return switch (target.isEmpty() ? ' ' : target.charAt(0)) {
            case '@' -> IncomingMessage.Kind.GROUP;
            case '#' -> IncomingMessage.Kind.TOPIC;
            default -> IncomingMessage.Kind.UNKNOWN;
        };
    }
}
