package com.claudemesh.web.v1;

import com.claudemesh.topic.TopicCaller;
import com.claudemesh.topic.TopicService;
import com.claudemesh.topic.TopicView;
import com.claudemesh.web.Answer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The topics of the current request's key: those that it is for and its issuer may see. */
@RequestScoped
public class KeyTopics {

    @Inject
    private CurrentKey key;

    @Inject
    private TopicService topics;

    /** The member that the request acts as. */
    public TopicCaller caller() {
        return new TopicCaller(key.meshId(), key.grant().issuerMemberId());
    }

    /**
     * The topic of that name.
     *
     * @throws ApiProblem 403 when the key is not for it, whether it exists or not
     * @throws WebApplicationException 404 when a key for all topics names one that is not there, or that its issuer may not
     *     see
     */
    public TopicView require(String name) {
        Optional<TopicView> topic = topics.findByName(caller(), name);
        boolean covered = key.grant().coversAllTopics()
                || topic.filter(found -> key.grant().coversTopic(found.id())).isPresent();
        if (!covered) {
            throw ApiProblem.of(403, "error.api_key_topic_out_of_scope");
        }
        return topic.orElseThrow(() -> notFound(name));
    }

    static WebApplicationException notFound(String name) {
        return refusal(404, "topic_not_found", name, null);
    }

    /** {@code {"error", "topic", "hint"?}} */
    static WebApplicationException refusal(int status, String error, String topicName, @Nullable String hint) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("topic", topicName);
        if (hint != null) {
            body.put("hint", hint);
        }
        return Answer.stop(Answer.json(status, body));
    }

    /** {@code {"topic", "topicId"}}, to which answers about one topic add. */
    static Map<String, Object> about(TopicView topic) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("topic", topic.name());
        body.put("topicId", topic.id());
        return body;
    }
}
