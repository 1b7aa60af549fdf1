package com.claudemesh.web.v1.me;

import com.claudemesh.presence.WireTime;
import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.topic.TopicHits;
import com.claudemesh.topic.TopicListing;
import com.claudemesh.topic.TopicPost;
import com.claudemesh.topic.TopicService;
import com.claudemesh.web.Answer;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import com.claudemesh.web.v1.ApiProblem;
import com.claudemesh.web.v1.Needs;
import com.claudemesh.web.v1.QueryNumber;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /me/search}: topics and readable posts of all the person's meshes. Encrypted posts are found by their sender. */
@Path("/api/v1/me/search")
@RequestScoped
@Requires(Access.API_KEY)
public class MySearchResource {
    private static final int MIN_CHARS = 2;
    private static final int DEFAULT_ROWS = 50;
    private static final int MAX_ROWS = 200;

    @Inject
    private Memberships memberships;

    @Inject
    private TopicService topics;

    private record Hit(TopicPost post, String topicName, Membership membership) {}

    @GET
    @Needs(ApiKeyCapability.READ)
    public Response search(
            @QueryParam("q") @DefaultValue("") String query, @QueryParam("limit") @Nullable String limit) {
        int rows = QueryNumber.clamped("limit", limit, DEFAULT_ROWS, MAX_ROWS);
        if (query.length() > Limits.MAX_SEARCH_CHARS) {
            throw ApiProblem.invalid("q", "is longer than " + Limits.MAX_SEARCH_CHARS + " characters");
        }
        List<Map<String, Object>> topicRows = new ArrayList<>();
        List<Hit> hits = new ArrayList<>();
        if (query.strip().length() >= MIN_CHARS) {
            memberships.all().forEach(membership -> search(membership, query.strip(), topicRows, hits));
        } else {
            memberships.accountId();
        }
        List<Map<String, Object>> messages = hits.stream()
                .sorted(Comparator.comparing((Hit hit) -> hit.post().createdAt())
                        .reversed())
                .limit(rows)
                .map(MySearchResource::row)
                .toList();
        Map<String, Object> totals = new LinkedHashMap<>();
        totals.put("topics", topicRows.size());
        totals.put("messages", messages.size());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("query", query);
        body.put("topics", topicRows);
        body.put("messages", messages);
        body.put("totals", totals);
        return Answer.ok(body);
    }

    private void search(Membership membership, String query, List<Map<String, Object>> topicRows, List<Hit> hits) {
        TopicHits found = topics.search(membership.caller(), query, Limits.MAX_SEARCH_ROWS);
        for (TopicListing listing : found.topics()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", listing.topic().id());
            row.put("name", listing.topic().name());
            row.put("description", listing.topic().description());
            membership.describe(row);
            topicRows.add(row);
        }
        for (TopicPost post : found.posts()) {
            topics.find(membership.caller(), post.topicId())
                    .ifPresent(topic -> hits.add(new Hit(post, topic.name(), membership)));
        }
    }

    private static Map<String, Object> row(Hit hit) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("messageId", hit.post().id());
        row.put("topicId", hit.post().topicId());
        row.put("topicName", hit.topicName());
        hit.membership().describe(row);
        row.put("senderName", hit.post().senderName());
        Snippet.put(
                row,
                hit.post().bodyVersion(),
                hit.post().nonce(),
                hit.post().ciphertext(),
                hit.post().keyEpoch());
        row.put("createdAt", WireTime.text(hit.post().createdAt()));
        return row;
    }
}
