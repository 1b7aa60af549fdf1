package com.claudemesh.cli.mcp;

import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.sdk.IncomingMessage;
import com.claudemesh.sdk.IncomingMessage.Kind;
import com.claudemesh.sdk.topic.TopicPost;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Received messages as channel events. */
final class MessageEvents {
    static final int MAX_TEXT_CHARS = 1_000_000;
    private static final String REMINDER = "reminder";
    private static final int SHOWN_KEY_CHARS = 12;

    private MessageEvents() {}

    /** The message itself, for a session that takes messages into its conversation. */
    static ChannelEvent shown(IncomingMessage message, Membership mesh, String senderName) {
        return shown(message, mesh, senderName, Set.of());
    }

    /** @param ownNames by which a post of a topic mentions this member, lower case */
    static ChannelEvent shown(IncomingMessage message, Membership mesh, String senderName, Set<String> ownNames) {
        return post(meta(message, mesh, senderName), message, ownNames).with(content(message, mesh, senderName));
    }

    /** Only that there is one, for a session that reads its inbox when it wants to. */
    static ChannelEvent announced(IncomingMessage message, Membership mesh, String senderName, Set<String> ownNames) {
        ChannelEvent.Meta meta = new ChannelEvent.Meta()
                .put("kind", "inbox_notification")
                .put("from_name", senderName)
                .put("from_id", message.senderPublicKey())
                .put("mesh_slug", mesh.slug())
                .put("priority", message.priority().wire())
                .put("message_id", message.messageId());
        String where = message.kind() == Kind.TOPIC ? " in " + Output.safe(topicName(message)) : "";
        return post(meta, message, ownNames)
                .with("[inbox] New message from " + Output.safe(senderName) + where
                        + ". To read it: claudemesh inbox --unread");
    }

    private static ChannelEvent.Meta post(ChannelEvent.Meta meta, IncomingMessage message, Set<String> ownNames) {
        TopicPost post = message.post();
        if (post == null) {
            return meta;
        }
        boolean mentioned = post.mentions().stream().anyMatch(ownNames::contains);
        return meta.put("topic", topicName(message).substring(1))
                .put("topic_id", post.topicId())
                .put("mention", mentioned ? "true" : null);
    }

    /** With {@code #}. */
    private static String topicName(IncomingMessage message) {
        TopicPost post = message.post();
        return post == null || post.topicName() == null ? String.valueOf(message.target()) : "#" + post.topicName();
    }

    private static ChannelEvent.Meta meta(IncomingMessage message, Membership mesh, String senderName) {
        boolean hasSessionKey = !message.senderPublicKey().equals(message.senderMemberPublicKey());
        Optional<String> target = Optional.ofNullable(message.target()).filter(text -> text.length() > 1);
        ChannelEvent.Meta meta = new ChannelEvent.Meta()
                .put("from_id", message.senderPublicKey())
                .put("from_name", senderName)
                .put("mesh_slug", mesh.slug())
                .put("mesh_id", mesh.meshId())
                .put("priority", message.priority().wire())
                .put("sent_at", message.createdAt())
                .put("delivered_at", message.receivedAt())
                .put("kind", message.kind().name().toLowerCase(Locale.ROOT))
                .put("message_id", message.messageId())
                .put("from_pubkey", message.senderPublicKey())
                .put("from_session_pubkey", hasSessionKey ? message.senderPublicKey() : null)
                .put("from_member_pubkey", message.senderMemberPublicKey())
                .put("encrypted", Boolean.toString(message.encrypted() && message.text() != null))
                .put("subtype", message.subtype())
                .put("client_message_id", message.clientMessageId())
                .put("reply_to_id", message.replyToId());
        if (message.kind() == Kind.GROUP || message.kind() == Kind.TOPIC) {
            String name = message.kind().name().toLowerCase(Locale.ROOT);
            target.ifPresent(text -> meta.put(name, text.substring(1)));
        }
        return meta;
    }

    private static String content(IncomingMessage message, Membership mesh, String senderName) {
        boolean ownReminder =
                REMINDER.equals(message.subtype()) && mesh.pubkey().equals(message.senderMemberPublicKey());
        String sender = ownReminder ? "" : Output.safe(senderName) + address(message) + ": ";
        return badge(message) + sender + body(message);
    }

    private static String badge(IncomingMessage message) {
        if (REMINDER.equals(message.subtype())) {
            return "[reminder] ";
        }
        return message.priority() == Priority.NOW ? "[URGENT] " : message.priority() == Priority.LOW ? "[low] " : "";
    }

    private static String address(IncomingMessage message) {
        return switch (message.kind()) {
            case BROADCAST -> " (broadcast)";
            case GROUP -> " (" + Output.safe(String.valueOf(message.target())) + ")";
            case TOPIC -> " (" + Output.safe(topicName(message)) + ")";
            case DIRECT, UNKNOWN -> "";
        };
    }

    private static String body(IncomingMessage message) {
        String text = message.text();
        if (text == null && message.kind() == Kind.TOPIC) {
            return "⚠ a post that can't be read: it was not made with a key of the topic that this member has";
        }
        if (text == null) {
            String key = message.senderPublicKey();
            return "⚠ a message from " + key.substring(0, Math.min(SHOWN_KEY_CHARS, key.length()))
                    + "… could not be decrypted: it was tampered with, or encrypted to a key of an earlier session";
        }
        return text.length() <= MAX_TEXT_CHARS
                ? text
                : text.substring(0, MAX_TEXT_CHARS) + "… [cut after " + MAX_TEXT_CHARS + " characters]";
    }
}
