package com.claudemesh.topic;

import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.Permission;
import com.claudemesh.messaging.Conversations;
import com.claudemesh.messaging.Message;
import com.claudemesh.messaging.MessagingService;
import com.claudemesh.messaging.PostResult;
import com.claudemesh.protocol.frame.Send;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Posts for callers without a socket, on the same path as those of sockets. The caller limits the rate of each key or member;
 * the rate of the mesh is limited here. Not for socket threads; answers on another thread, which must not be blocked.
 */
public final class TopicPosts {
    /** In the place of a connection: it is nobody's, so the sender's own connections get the post. */
    private static final String NO_PRESENCE = "rest";

    private final TopicAccess access;
    private final Supplier<MessagingService> messaging;

    TopicPosts(TopicAccess access, Supplier<MessagingService> messaging) {
        this.access = access;
        this.messaging = messaging;
    }

    /** The answer says {@link PostOutcome.Posted} only after the post is on disk. */
    public CompletionStage<PostOutcome> post(TopicCaller caller, NewPost post) {
        Optional<MemberView> member = access.member(caller);
        if (member.isEmpty() || !member.get().permissions().contains(Permission.SEND)) {
            return CompletableFuture.completedFuture(new PostOutcome.Forbidden());
        }
        Message.Sender sender = new Message.Sender(
                caller.memberId(),
                member.get().publicKey(),
                null,
                NO_PRESENCE,
                member.get().displayName());
        Send send = new Send(
                "#" + post.topic(),
                post.priority(),
                post.nonce(),
                post.ciphertext(),
                null,
                post.clientMessageId(),
                post.requestFingerprint(),
                post.mentions(),
                post.replyToId(),
                post.bodyVersion(),
                post.keyEpoch());
        return messaging.get().postUnconnected(caller.meshId(), sender, send).thenApply(TopicPosts::outcome);
    }

    private static PostOutcome outcome(PostResult result) {
        if (result instanceof PostResult.Stored stored) {
            return posted(stored.message(), stored.message().id(), false);
        }
        if (result instanceof PostResult.Repeated repeated) {
            return repeated.sameRequest()
                    ? posted(repeated.message(), repeated.firstMessageId(), true)
                    : new PostOutcome.Conflict();
        }
        if (result instanceof PostResult.TooLarge large) {
            return new PostOutcome.TooLarge(large.sizeChars(), large.maxChars());
        }
        if (result instanceof PostResult.TooMany many) {
            return new PostOutcome.TooMany(many.retryAfterMillis());
        }
        return result instanceof PostResult.NotAdmitted not
                ? refused(not.refusal())
                : new PostOutcome.Failed(((PostResult.Failed) result).text());
    }

    private static PostOutcome refused(Conversations.Admission refusal) {
        if (refusal instanceof Conversations.Admission.ReadOnly) {
            return new PostOutcome.ReadOnly();
        }
        return refusal instanceof Conversations.Admission.Invalid invalid
                ? new PostOutcome.Invalid(invalid.field(), invalid.text())
                : new PostOutcome.NotFound();
    }

    private static PostOutcome posted(Message message, String messageId, boolean repeated) {
        Message.Post post = message.extras().post();
        Integer version = message.extras().bodyVersion();
        return new PostOutcome.Posted(
                messageId,
                post.topicId(),
                post.topicName(),
                repeated ? 0 : post.notified().size(),
                version == null ? 1 : version,
                message.extras().replyToId(),
                repeated);
    }
}
