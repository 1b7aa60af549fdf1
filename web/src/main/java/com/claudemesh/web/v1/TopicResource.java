package com.claudemesh.web.v1;

import com.claudemesh.presence.WireTime;
import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.topic.HistoryQuery;
import com.claudemesh.topic.KeyOutcome;
import com.claudemesh.topic.TopicKeyDesk;
import com.claudemesh.topic.TopicPage;
import com.claudemesh.topic.TopicResult;
import com.claudemesh.topic.TopicService;
import com.claudemesh.topic.TopicView;
import com.claudemesh.web.Answer;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One topic: its posts, what was read of it, and its sealed keys (http §5.2, §5.3). */
@Path("/api/v1/topics/{name}")
@RequestScoped
@Requires(Access.API_KEY)
public class TopicResource {
    private static final int MAX_SEALED_CHARS = 4_096;
    private static final int KEY_CHARS = 64;

    @Inject
    private KeyTopics topics;

    @Inject
    private TopicService service;

    @Inject
    private TopicKeyDesk desk;

    @Inject
    private RequestLimits limits;

    @Context
    private ContainerRequestContext request;

    /** Newest first; oldest first with {@code after}. */
    @GET
    @Path("/messages")
    @Needs(ApiKeyCapability.READ)
    public Response messages(
            @PathParam("name") String name,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("before") @Nullable String before,
            @QueryParam("after") @Nullable String after,
            @QueryParam("thread") @Nullable String thread) {
        TopicView topic = topics.require(name);
        if (before != null && after != null) {
            throw ApiProblem.invalid("after", "not together with before");
        }
        int rows = QueryNumber.clamped("limit", limit, Limits.DEFAULT_TOPIC_ROWS, Limits.MAX_TOPIC_ROWS);
        TopicPage page =
                done(service.history(topics.caller(), topic.id(), new HistoryQuery(rows, before, after, thread)), name);
        Map<String, Object> body = KeyTopics.about(topic);
        body.put("messages", page.posts().stream().map(MessageRow::of).toList());
        return Answer.ok(body);
    }

    @PATCH
    @Path("/read")
    @Needs(ApiKeyCapability.READ)
    public Response markRead(@PathParam("name") String name) {
        TopicView topic = topics.require(name);
        Instant readAt = done(service.markRead(topics.caller(), topic.id()), name);
        Map<String, Object> body = KeyTopics.about(topic);
        body.put("readAt", WireTime.text(readAt));
        return Answer.ok(body);
    }

    private static <T> T done(TopicResult<T> result, String name) {
        if (result instanceof TopicResult.Done<T> done) {
            return done.value();
        }
        if (result instanceof TopicResult.Forbidden<T> forbidden) {
            throw ApiProblem.of(403, "error.forbidden", forbidden.text());
        }
        if (result instanceof TopicResult.LimitReached<T> reached) {
            throw ApiProblem.of(409, "error.topic_limit", reached.text());
        }
        if (result instanceof TopicResult.Invalid<T> invalid) {
            throw ApiProblem.invalid(invalid.field(), invalid.text());
        }
        throw KeyTopics.notFound(name);
    }

    /** The issuer's sealed copy. */
    @GET
    @Path("/key")
    @Needs(ApiKeyCapability.READ)
    public Response key(@PathParam("name") String name, @QueryParam("keyEpoch") @Nullable String keyEpoch) {
        TopicView topic = topics.require(name);
        Integer epoch = keyEpoch == null ? null : QueryNumber.exact("keyEpoch", keyEpoch);
        return KeyAnswers.of(desk.key(topics.caller(), topic.id(), epoch), name);
    }

    /** Members that wait for the current key. */
    @GET
    @Path("/pending-seals")
    @Needs(ApiKeyCapability.READ)
    public Response pendingSeals(@PathParam("name") String name) {
        TopicView topic = topics.require(name);
        KeyOutcome outcome = desk.pendingSeals(topics.caller(), topic.id());
        return outcome instanceof KeyOutcome.Unencrypted
                ? KeyAnswers.nothingPending(topic)
                : KeyAnswers.of(outcome, name);
    }

    @POST
    @Path("/seal")
    @Needs(ApiKeyCapability.SEND)
    public Response seal(@PathParam("name") String name, InputStream in) {
        RequestBody body = RequestBody.read(in, request.getMediaType(), limits.maxBodyBytes());
        TopicView topic = topics.require(name);
        return KeyAnswers.of(
                desk.seal(
                        topics.caller(),
                        topic.id(),
                        body.text("memberId", 1, Limits.MAX_NAME_CHARS),
                        body.text("encryptedKey", 1, MAX_SEALED_CHARS),
                        body.text("nonce", 1, KEY_CHARS),
                        body.number("keyEpoch", 1, Integer.MAX_VALUE).orElse(null)),
                name);
    }

    @POST
    @Path("/claim-key")
    @Needs(ApiKeyCapability.SEND)
    public Response claimKey(@PathParam("name") String name, InputStream in) {
        RequestBody body = RequestBody.read(in, request.getMediaType(), limits.maxBodyBytes());
        TopicView topic = topics.require(name);
        return KeyAnswers.of(
                desk.claim(
                        topics.caller(),
                        topic.id(),
                        publicKey(body),
                        body.text("encryptedKey", 1, MAX_SEALED_CHARS),
                        body.text("nonce", 1, KEY_CHARS),
                        body.number("keyEpoch", 1, Integer.MAX_VALUE).orElse(null)),
                name);
    }

    private static String publicKey(RequestBody body) {
        String key = body.text("encryptedKeyPubkey", KEY_CHARS, KEY_CHARS);
        if (!key.matches("[0-9a-fA-F]{64}")) {
            throw ApiProblem.invalid("encryptedKeyPubkey", "must be 64 hexadecimal digits");
        }
        return key.toLowerCase(Locale.ROOT);
    }
}
