package com.claudemesh.cli.message;

import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.output.Palette;
import com.claudemesh.cli.output.RelativeTime;
import com.claudemesh.sdk.IncomingMessage;
import com.claudemesh.sdk.StoredMessage;
import com.claudemesh.sdk.topic.TopicPost;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** One received message as the inbox shows it. */
record InboxEntry(Membership mesh, StoredMessage stored) {
    private static final int SHOWN_KEY_CHARS = 8;

    String receivedAt() {
        return stored.message().receivedAt();
    }

    static List<String> unseenIds(List<InboxEntry> entries, Membership mesh) {
        return entries.stream()
                .filter(entry -> entry.mesh().equals(mesh) && !entry.stored().seen())
                .map(entry -> entry.stored().message().messageId())
                .toList();
    }

    ObjectNode json() {
        IncomingMessage message = stored.message();
        TopicPost post = message.post();
        ObjectNode record = Output.object()
                .put("messageId", message.messageId())
                .put("mesh", mesh.slug())
                .put("meshId", message.meshId())
                .put("senderPubkey", message.senderPublicKey())
                .put("senderMemberPubkey", message.senderMemberPublicKey())
                .put("senderName", message.senderName())
                .put("priority", message.priority().wire())
                .put("createdAt", message.createdAt())
                .put("receivedAt", message.receivedAt())
                .put("plaintext", message.text())
                .put("encrypted", message.encrypted())
                .put("kind", kind())
                .put("target", message.target())
                .put("subtype", message.subtype())
                .put("clientMessageId", message.clientMessageId())
                .put("replyToId", message.replyToId())
                .put("seen", stored.seen());
        return post == null ? record : record.put("topic", post.topicName()).put("topicId", post.topicId());
    }

    void show(Output output, Instant now) {
        IncomingMessage message = stored.message();
        Palette palette = output.palette();
        String key = message.senderPublicKey();
        String sender = message.senderName() == null ? "" : palette.bold(Output.safe(message.senderName())) + " ";
        output.text("  " + (stored.seen() ? palette.dim("○") : palette.green("●")) + " " + sender
                + palette.dim(key.substring(0, Math.min(SHOWN_KEY_CHARS, key.length())) + " [→ " + address() + "] "
                        + RelativeTime.brief(message.receivedAt(), now) + " on " + Output.safe(mesh.slug())));
        String text = message.text() == null ? unread(message) : message.text();
        text.lines().forEach(line -> output.text("    " + Output.safe(line)));
    }

    private static String unread(IncomingMessage message) {
        TopicPost post = message.post();
        return post != null && post.unopened() != null
                ? "[its key is not on this machine yet: claudemesh topic history "
                        + (post.topicName() == null ? post.topicId() : post.topicName()) + "]"
                : "[encrypted: no key of this member opens it]";
    }

    private String address() {
        TopicPost post = stored.message().post();
        String target =
                post == null || post.topicName() == null ? stored.message().target() : "#" + post.topicName();
        return switch (stored.message().kind()) {
            case GROUP, TOPIC -> Output.safe(String.valueOf(target));
            default -> kind();
        };
    }

    private String kind() {
        return stored.message().kind().name().toLowerCase(Locale.ROOT);
    }
}
