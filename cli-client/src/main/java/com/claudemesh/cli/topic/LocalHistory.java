package com.claudemesh.cli.topic;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.sdk.FileInboxStore;
import com.claudemesh.sdk.IncomingMessage;
import com.claudemesh.sdk.StoredMessage;
import com.claudemesh.sdk.topic.TopicBody.Opened;
import com.claudemesh.sdk.topic.TopicKeyRing;
import com.claudemesh.sdk.topic.TopicPost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Encrypted posts that were read here, as text: the server can't search them. Those that a session received are in the
 * inbox already; those that a verb showed or wrote are kept here. Blocking; fails with a {@link CliException}.
 */
public final class LocalHistory {
    private static final int SEARCHED = 10_000;

    private final FileInboxStore store;
    private final FileInboxStore inbox;
    private final TopicKeyRing ring;

    public LocalHistory(VerbServices services) {
        this.store = new FileInboxStore(services.home().topicHistoryDirectory());
        this.inbox = services.inbox();
        this.ring = services.topicKeys();
    }

    /** @param text contains what was asked for */
    public record Hit(
            String messageId,
            String topicId,
            Optional<String> topicName,
            String senderName,
            String createdAt,
            String text) {}

    /** Keeps a post that was under the topic's key; others the server can search. */
    void keep(Membership mesh, String topicId, String topicName, Post post, String text) {
        if (!post.body().needsKey()) {
            return;
        }
        try {
            store.add(new IncomingMessage(
                    mesh.meshId(),
                    post.id(),
                    post.json().path("senderPubkey").asText(),
                    post.json().path("senderMemberPubkey").textValue(),
                    post.senderName(),
                    Priority.NEXT,
                    post.createdAt(),
                    post.createdAt(),
                    IncomingMessage.Kind.TOPIC,
                    "#" + topicId,
                    text,
                    true,
                    null,
                    null,
                    post.replyToId().orElse(null),
                    new TopicPost(topicId, topicName, post.mentions(), null)));
        } catch (IOException failed) {
            throw CliException.io("can't keep a post for searching: " + failed.getMessage());
        }
    }

    /** Posts of a mesh that contain the text in any case of letters, newest first. */
    public List<Hit> search(Membership mesh, String text, int limit) {
        String wanted = text.toLowerCase(Locale.ROOT);
        Map<String, Hit> hits = new LinkedHashMap<>();
        for (IncomingMessage message : posts(mesh)) {
            text(message)
                    .filter(found -> found.toLowerCase(Locale.ROOT).contains(wanted))
                    .ifPresent(found -> hits.putIfAbsent(message.messageId(), hit(message, found)));
        }
        return hits.values().stream()
                .sorted(Comparator.comparing(Hit::createdAt).reversed())
                .limit(limit)
                .toList();
    }

    private List<IncomingMessage> posts(Membership mesh) {
        List<IncomingMessage> posts = new ArrayList<>();
        try {
            for (FileInboxStore source : List.of(store, inbox)) {
                source.list(mesh.meshId(), SEARCHED, false).stream()
                        .map(StoredMessage::message)
                        .filter(message -> message.post() != null && message.encrypted())
                        .forEach(posts::add);
            }
        } catch (IOException failed) {
            throw CliException.io("can't read the posts that were kept: " + failed.getMessage());
        }
        return posts;
    }

    /** A post that came before its key may be readable by now. */
    private Optional<String> text(IncomingMessage message) {
        return Optional.ofNullable(message.text()).or(() -> opened(ring, message));
    }

    /** The text of a received post that was kept unopened, if its key is here by now. */
    public static Optional<String> opened(TopicKeyRing ring, IncomingMessage message) {
        TopicPost post = message.post();
        if (post == null || post.unopened() == null) {
            return Optional.empty();
        }
        Opened opened = post.unopened().open(epoch -> ring.key(message.meshId(), post.topicId(), epoch));
        return opened instanceof Opened.Text text ? Optional.of(text.text()) : Optional.empty();
    }

    private static Hit hit(IncomingMessage message, String text) {
        TopicPost post = message.post();
        return new Hit(
                message.messageId(),
                post.topicId(),
                Optional.ofNullable(post.topicName()),
                String.valueOf(message.senderName()),
                message.createdAt(),
                text);
    }
}
