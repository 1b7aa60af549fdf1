package com.claudemesh.web.v1;

import com.claudemesh.presence.WireTime;
import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.topic.MentionNotice;
import com.claudemesh.topic.Notifications;
import com.claudemesh.web.Answer;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Mentions of the key's issuer, in topics that the key is for (http §5.5). */
@Path("/api/v1/notifications")
@RequestScoped
@Requires(Access.API_KEY)
public class NotificationsResource {
    private static final Duration DEFAULT_SPAN = Duration.ofHours(24);
    private static final int MAX_IDS = 200;

    @Inject
    private CurrentKey key;

    @Inject
    private KeyTopics topics;

    @Inject
    private Notifications notifications;

    @Inject
    private RequestLimits limits;

    @Inject
    private Clock clock;

    @Context
    private ContainerRequestContext request;

    @GET
    @Needs(ApiKeyCapability.READ)
    public Response list(@QueryParam("since") @Nullable String since, @QueryParam("unread") @Nullable String unread) {
        Instant from = QueryTime.since(since, clock.instant().minus(DEFAULT_SPAN));
        List<MentionNotice> found =
                notifications.list(topics.caller(), from, "1".equals(unread) || "true".equals(unread));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(
                "notifications",
                found.stream()
                        .filter(notice -> key.grant().coversTopic(notice.topicId()))
                        .map(NotificationsResource::row)
                        .toList());
        body.put("since", WireTime.text(from));
        body.put("mentionedAs", key.issuer().displayName());
        return Answer.ok(body);
    }

    private static Map<String, Object> row(MentionNotice notice) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", notice.messageId());
        body.put("notificationId", notice.notificationId());
        body.put("topicId", notice.topicId());
        body.put("topicName", notice.topicName());
        body.put("senderName", notice.senderName());
        body.put("senderPubkey", notice.senderPublicKey());
        body.put("senderMemberId", notice.senderMemberId());
        body.put("nonce", notice.nonce());
        body.put("ciphertext", notice.ciphertext());
        body.put("bodyVersion", notice.bodyVersion());
        if (notice.keyEpoch() != null) {
            body.put("keyEpoch", notice.keyEpoch());
        }
        body.put("kind", notice.kind());
        body.put("readAt", notice.readAt() == null ? null : WireTime.text(notice.readAt()));
        body.put("createdAt", WireTime.text(notice.createdAt()));
        return body;
    }

    /** {@code ids}, or {@code all} with an optional {@code before}. */
    @POST
    @Path("/read")
    @Needs(ApiKeyCapability.READ)
    public Response markRead(InputStream in) {
        RequestBody body = RequestBody.read(in, request.getMediaType(), limits.maxBodyBytes());
        Optional<List<String>> ids = body.texts("ids", 1, MAX_IDS, Limits.MAX_NAME_CHARS);
        if (ids.isPresent() == body.flag("all")) {
            throw ApiProblem.invalid("ids", "give either ids or all:true");
        }
        if (ids.isEmpty() && !key.grant().coversAllTopics()) {
            throw ApiProblem.of(403, "error.api_key_topic_out_of_scope");
        }
        return ids.isPresent() ? markRead(ids.get()) : markAllRead(body);
    }

    private Response markRead(List<String> ids) {
        Instant readAt = notifications.markRead(topics.caller(), ids);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("marked", ids.size());
        answer.put("readAt", WireTime.text(readAt));
        return Answer.ok(answer);
    }

    private Response markAllRead(RequestBody body) {
        Instant before = body.has("before")
                ? QueryTime.parse(body.text("before", 1, Limits.MAX_NAME_CHARS))
                        .orElseThrow(() -> Answer.stop(Answer.error(400, "invalid_before")))
                : clock.instant();
        notifications.markAllRead(topics.caller(), before);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("marked", "all");
        answer.put("before", WireTime.text(before));
        return Answer.ok(answer);
    }
}
