package com.claudemesh.topic;

import com.claudemesh.mesh.MemberView;
import com.claudemesh.messaging.Conversations;
import com.claudemesh.messaging.Message;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.TopicMessage;
import com.claudemesh.protocol.crypto.naming.Mentions;
import com.claudemesh.protocol.frame.TopicRole;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides about posts, and keeps those that are stored. See {@link Conversations} for threads. */
final class PostAdmission implements Conversations {
    private final TopicAccess access;
    private final Transactions transactions;
    private final ReplyParents parents;
    private final Consumer<List<TopicPost>> committed;
    private final int maxNotified;

    /** @param committed is told posts that are on disk, in their order, on the journal thread; must not block */
    PostAdmission(
            TopicAccess access,
            Transactions transactions,
            ReplyParents parents,
            Consumer<List<TopicPost>> committed,
            int maxNotified) {
        this.access = access;
        this.transactions = transactions;
        this.parents = parents;
        this.committed = committed;
        this.maxNotified = maxNotified;
    }

    @Override
    public Admission admit(Attempt attempt) {
        TopicCaller caller = new TopicCaller(attempt.meshId(), attempt.memberId());
        Optional<TopicView> visible = access.visible(caller, attempt.topic());
        if (visible.isEmpty()) {
            return new Admission.Unknown();
        }
        TopicView topic = visible.get();
        if (topic.roleOf(attempt.memberId()) == TopicRole.OBSERVER) {
            return new Admission.ReadOnly();
        }
        int version = attempt.bodyVersion() == null ? 1 : attempt.bodyVersion();
        if (version != 1 && version != TopicMessage.BODY_VERSION) {
            return new Admission.Invalid("bodyVersion", "must be 1 or 2");
        }
        Integer epoch = null;
        if (version == TopicMessage.BODY_VERSION) {
            epoch = attempt.keyEpoch() == null ? Integer.valueOf(1) : attempt.keyEpoch();
            Optional<Admission> refusal = refuseEpoch(topic, attempt.memberId(), epoch);
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        List<String> mentions = mentions(attempt, version);
        return new Admission.Admitted(
                new Message.Post(topic.id(), topic.name(), epoch, mentions, notified(caller, topic, mentions)),
                version,
                parent(topic, attempt.replyToId()),
                topic.roles().keySet());
    }

    /** The current key; an earlier one for whoever holds it and may not have seen the rotation yet. */
    private Optional<Admission> refuseEpoch(TopicView topic, String memberId, int epoch) {
        if (!topic.encrypted()) {
            return Optional.of(new Admission.Invalid("bodyVersion", "2 needs a topic with a key"));
        }
        if (epoch == topic.keyEpoch()) {
            return Optional.empty();
        }
        boolean inFlight = epoch > 0
                && epoch < topic.keyEpoch()
                && !topic.rotationDue()
                && transactions.run(connection -> KeyStore.holds(connection, topic.id(), memberId, epoch));
        return inFlight
                ? Optional.empty()
                : Optional.of(
                        new Admission.Invalid("keyEpoch", "must be the topic's current key, " + topic.keyEpoch()));
    }

    private static List<String> mentions(Attempt attempt, int version) {
        if (attempt.mentions() != null) {
            return attempt.mentions();
        }
        return version == 1 ? Mentions.inPlaintextBody(attempt.ciphertext()) : List.of();
    }

    /** Members that are called so and may see the topic, but for the sender. */
    private List<String> notified(TopicCaller caller, TopicView topic, List<String> mentions) {
        if (mentions.isEmpty()) {
            return List.of();
        }
        Set<String> names = new HashSet<>(mentions);
        Stream<MemberView> readers = access.activeMembers(caller.meshId()).stream()
                .filter(member -> topic.isPublic() || topic.has(member.memberId()));
        return readers.filter(member -> !member.memberId().equals(caller.memberId())
                        && names.contains(member.displayName().toLowerCase(Locale.ROOT)))
                .map(MemberView::memberId)
                .limit(maxNotified)
                .toList();
    }

    private @Nullable String parent(TopicView topic, @Nullable String replyToId) {
        return replyToId != null && parents.isIn(topic.id(), replyToId) ? replyToId : null;
    }

    @Override
    public boolean maySee(String meshId, String memberId, String topicId) {
        return access.visible(new TopicCaller(meshId, memberId), topicId).isPresent();
    }

    @Override
    public Runnable append(Connection connection, List<Message> messages) throws SQLException {
        List<TopicPost> posts = TopicLog.append(connection, messages);
        return () -> {
            parents.add(posts);
            committed.accept(posts);
        };
    }
}
