package com.claudemesh.web.v1.stream;

import com.claudemesh.platform.Settings;
import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.topic.TopicCaller;
import com.claudemesh.topic.TopicFeed;
import com.claudemesh.topic.TopicService;
import com.claudemesh.topic.TopicView;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import com.claudemesh.web.v1.ApiProblem;
import com.claudemesh.web.v1.CurrentKey;
import com.claudemesh.web.v1.KeyTopics;
import com.claudemesh.web.v1.Needs;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /topics/:name/stream}: posts as they are made, as Server-Sent Events (http §5.2). The answer is never resumed:
 * suspending it makes the servlet asynchronous, and the stream writes to the servlet's output, which JAX-RS can only do by
 * blocking a thread.
 */
@Path("/api/v1/topics/{name}/stream")
@RequestScoped
@Requires(Access.API_KEY)
public class TopicStreamResource {
    private static final String EVENT_STREAM = "text/event-stream";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    @Inject
    private CurrentKey key;

    @Inject
    private KeyTopics topics;

    @Inject
    private TopicService service;

    @Inject
    private TopicFeed feed;

    @Inject
    private StreamRoom room;

    @Inject
    private Settings settings;

    @Inject
    private Clock clock;

    @Context
    private HttpServletRequest request;

    @GET
    @Needs(ApiKeyCapability.READ)
    public void stream(
            @PathParam("name") String name,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @Suspended AsyncResponse answer)
            throws IOException {
        if (lastEventId != null && lastEventId.length() > Limits.MAX_NAME_CHARS) {
            throw ApiProblem.of(
                    400,
                    "error.invalid_last_event_id",
                    "Last-Event-ID: is longer than " + Limits.MAX_NAME_CHARS + " characters");
        }
        TopicView topic = topics.require(name);
        if ("HEAD".equals(request.getMethod())) {
            answer.resume(Response.ok().type(EVENT_STREAM).build());
            return;
        }
        String keyId = key.grant().keyId();
        admit(keyId);
        begin(topic, keyId, lastEventId);
    }

    private void admit(String keyId) {
        TopicStreams.Admission admission = room.streams().admit(keyId);
        if (admission == TopicStreams.Admission.TOO_MANY_OF_KEY) {
            throw ApiProblem.later(429, "error.too_many_streams", "the key has as many streams as it may", RETRY_AFTER);
        }
        if (admission == TopicStreams.Admission.TOO_MANY) {
            throw ApiProblem.later(503, "error.too_many_streams", "the server has no room for more", RETRY_AFTER);
        }
    }

    private static void writeHeaders(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(EVENT_STREAM);
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("Connection", "keep-alive");
        // Reverse proxies that collect answers must not collect this one.
        response.setHeader("X-Accel-Buffering", "no");
    }

    private void begin(TopicView topic, String keyId, @Nullable String lastEventId) throws IOException {
        TopicCaller caller = topics.caller();
        StreamBeginning beginning;
        ServletSink sink;
        try {
            beginning = StreamBeginning.of(service, caller, topic, lastEventId);
            AsyncContext async = request.getAsyncContext();
            writeHeaders((HttpServletResponse) async.getResponse());
            sink = new ServletSink(async, settings.rest().streamBufferBytes());
        } catch (IOException | RuntimeException e) {
            room.streams().release(keyId);
            throw e;
        }
        TopicStream.Source source = (after, listener) -> feed.follow(caller, topic, after, listener);
        TopicStream stream =
                room.streams().open(new TopicStream.Subject(keyId, caller, source, beginning.afterSequence()), sink);
        try {
            sink.connect(stream);
            stream.start(
                    SseEvents.ready(topic, clock.instant(), beginning.eventId(), beginning.resumed()), clock.instant());
        } catch (IOException e) {
            // The reader left while it was being answered.
            stream.abort();
        }
    }
}
