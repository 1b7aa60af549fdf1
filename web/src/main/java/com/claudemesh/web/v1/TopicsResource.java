package com.claudemesh.web.v1;

import com.claudemesh.presence.WireTime;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.topic.TopicListing;
import com.claudemesh.topic.TopicService;
import com.claudemesh.web.Answer;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /topics}: the topics that the key is for and its issuer may see, by name (http §5.2). */
@Path("/api/v1/topics")
@RequestScoped
@Requires(Access.API_KEY)
public class TopicsResource {

    @Inject
    private CurrentKey key;

    @Inject
    private KeyTopics topics;

    @Inject
    private TopicService service;

    @GET
    @Needs(ApiKeyCapability.READ)
    public Response list() {
        return Answer.ok(Map.of(
                "topics",
                service.list(topics.caller()).stream()
                        .filter(listing ->
                                key.grant().coversTopic(listing.topic().id()))
                        .map(TopicsResource::row)
                        .toList()));
    }

    private static Map<String, Object> row(TopicListing listing) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", listing.topic().id());
        body.put("name", listing.topic().name());
        body.put("description", listing.topic().description());
        body.put("visibility", listing.topic().visibility().wire());
        body.put("createdAt", WireTime.text(listing.topic().createdAt()));
        body.put("unread", listing.unread());
        body.put("memberCount", listing.memberCount());
        body.put("keyEpoch", listing.topic().keyEpoch());
        return body;
    }
}
