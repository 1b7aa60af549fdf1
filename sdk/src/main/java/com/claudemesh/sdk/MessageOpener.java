package com.claudemesh.sdk;

import com.claudemesh.protocol.crypto.DirectMessage;
import com.claudemesh.protocol.crypto.DirectMessageCipher;
import com.claudemesh.protocol.crypto.PlaintextBody;
import com.claudemesh.protocol.crypto.Sealed;
import com.claudemesh.protocol.frame.Push;
import com.claudemesh.sdk.topic.TopicBody;
import com.claudemesh.sdk.topic.TopicBody.Opened;
import com.claudemesh.sdk.topic.TopicKeyRing;
import com.claudemesh.sdk.topic.TopicPost;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns pushes into messages: decides by how a message was addressed, not by trial, whether it is encrypted. A direct
 * message that does not open has no text; it is never shown as decoded base64. Safe for any thread.
 */
final class MessageOpener {
    private final DirectMessageCipher member;
    private final @Nullable DirectMessageCipher session;
    private final TopicKeyRing topicKeys;

    MessageOpener(DirectMessageCipher member, @Nullable DirectMessageCipher session, TopicKeyRing topicKeys) {
        this.member = member;
        this.session = session;
        this.topicKeys = topicKeys;
    }

    IncomingMessage open(Push push, String receivedAt) {
        IncomingMessage.Kind kind = kind(push.targetSpec());
        if (kind == IncomingMessage.Kind.TOPIC) {
            return openPost(push, receivedAt);
        }
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

    /** A post whose key is missing keeps its body, so that it can be opened when the key has come. */
    private IncomingMessage openPost(Push push, String receivedAt) {
        String topicId =
                push.topicId() == null ? String.valueOf(push.targetSpec()).substring(1) : push.topicId();
        int version = push.bodyVersion() == null ? PlaintextBody.BODY_VERSION : push.bodyVersion();
        TopicBody body = new TopicBody(version, push.keyEpoch(), push.nonce(), push.ciphertext());
        Opened opened = body.open(epoch -> topicKeys.key(push.meshId(), topicId, epoch));
        return new IncomingMessage(
                push.meshId(),
                push.messageId(),
                push.senderPubkey(),
                push.senderMemberPubkey(),
                push.senderName(),
                push.priority(),
                push.createdAt(),
                receivedAt,
                IncomingMessage.Kind.TOPIC,
                push.targetSpec(),
                opened instanceof Opened.Text text ? text.text() : null,
                body.needsKey(),
                push.subtype(),
                push.clientMessageId(),
                push.replyToId(),
                new TopicPost(
                        topicId,
                        push.topic(),
                        push.mentions() == null ? List.of() : push.mentions(),
                        opened instanceof Opened.KeyMissing ? body : null));
    }

    private static boolean isPlain(Push push, IncomingMessage.Kind kind) {
        if (push.nonce().isEmpty()) {
            return true;
        }
        boolean versionOne = push.bodyVersion() == null || push.bodyVersion() <= PlaintextBody.BODY_VERSION;
        return versionOne && push.targetSpec() != null && kind != IncomingMessage.Kind.DIRECT;
    }

    /** Bodies of groups that are encrypted have keys of their own, which are not known here. */
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
