package com.claudemesh.web.v1;

import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.protocol.frame.InvalidFieldException;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.topic.NewPost;
import com.claudemesh.topic.PostOutcome;
import com.claudemesh.topic.TopicPosts;
import com.claudemesh.topic.TopicView;
import com.claudemesh.web.Answer;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code POST /messages}: a post to a topic, pushed live, acknowledged when it is on disk (http §5.2). */
@Path("/api/v1/messages")
@RequestScoped
@Requires(Access.API_KEY)
public class MessagesResource {
    private static final String CLIENT_ID_PREFIX = "rest-";
    private static final int MAX_ID_CHARS = 128;

    @Inject
    private KeyTopics topics;

    @Inject
    private TopicPosts posts;

    @Inject
    private RequestLimits limits;

    @Context
    private ContainerRequestContext request;

    @POST
    @Needs(ApiKeyCapability.SEND)
    public void post(InputStream in, @Suspended AsyncResponse answer) {
        RequestBody body = RequestBody.read(in, request.getMediaType(), limits.maxBodyBytes());
        String name = body.text("topic", 1, Limits.MAX_NAME_CHARS);
        TopicView topic = topics.require(name);
        posts.post(topics.caller(), post(body, topic)).whenComplete((outcome, failure) -> {
            if (failure != null) {
                answer.resume(failure);
            } else if (outcome instanceof PostOutcome.Posted posted) {
                answer.resume(Answer.ok(posted(posted)));
            } else {
                answer.resume(refusal(outcome, name));
            }
        });
    }

    private NewPost post(RequestBody body, TopicView topic) {
        String ciphertext = body.text("ciphertext", 1, limits.maxBodyBytes());
        String nonce = body.text("nonce", 1, Limits.MAX_TEXT_CHARS);
        // Repeated after a crash, before the answer was kept, it is the same message and not another one.
        Optional<String> requestId = IdempotencyFilter.requestId(request);
        return new NewPost(
                topic.id(),
                priority(body),
                nonce,
                ciphertext,
                body.texts("mentions", 0, Limits.MAX_MENTIONS, Limits.MAX_MENTION_CHARS)
                        .orElse(null),
                body.number("bodyVersion", 1, 2).orElse(null),
                body.number("keyEpoch", 1, Integer.MAX_VALUE).orElse(null),
                body.optionalText("replyToId", 1, MAX_ID_CHARS).orElse(null),
                requestId.map(id -> CLIENT_ID_PREFIX + id).orElse(null),
                null);
    }

    private static Priority priority(RequestBody body) {
        try {
            return body.optionalText("priority", 1, Limits.MAX_NAME_CHARS)
                    .map(Priority::fromWire)
                    .orElse(Priority.NEXT);
        } catch (InvalidFieldException e) {
            throw ApiProblem.invalid("priority", "must be now, next or low");
        }
    }

    private static Map<String, Object> posted(PostOutcome.Posted posted) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("messageId", posted.messageId());
        body.put("historyId", posted.messageId());
        body.put("queueId", posted.messageId());
        body.put("topic", posted.topicName());
        body.put("topicId", posted.topicId());
        body.put("notifications", posted.notifications());
        body.put("bodyVersion", posted.bodyVersion());
        if (posted.replyToId() != null) {
            body.put("replyToId", posted.replyToId());
        }
        return body;
    }

    private static RuntimeException refusal(PostOutcome outcome, String topicName) {
        if (outcome instanceof PostOutcome.NotFound) {
            return KeyTopics.notFound(topicName);
        }
        if (outcome instanceof PostOutcome.ReadOnly) {
            return KeyTopics.refusal(403, "topic_read_only", topicName, null);
        }
        if (outcome instanceof PostOutcome.Invalid invalid) {
            return ApiProblem.invalid(invalid.field(), invalid.text());
        }
        if (outcome instanceof PostOutcome.TooLarge large) {
            return ApiProblem.of(
                    413,
                    "error.payload_too_large",
                    "ciphertext: the message has " + large.sizeChars() + " characters, at most " + large.maxChars());
        }
        if (outcome instanceof PostOutcome.TooMany many) {
            return ApiProblem.later(
                    429, "error.rate_limited", "the member sends too much", Duration.ofMillis(many.retryAfterMillis()));
        }
        if (outcome instanceof PostOutcome.Conflict) {
            return ApiProblem.of(409, "error.conflict", "the request was carried out before with another content");
        }
        return outcome instanceof PostOutcome.Failed failed
                ? ApiProblem.later(503, "error.not_stored", failed.text(), Duration.ofSeconds(1))
                : ApiProblem.of(403, "error.forbidden", "the key's issuer may not send");
    }
}
