package com.claudemesh.web.v1.me;

import com.claudemesh.presence.WireTime;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.topic.MentionNotice;
import com.claudemesh.topic.Notifications;
import com.claudemesh.web.Answer;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import com.claudemesh.web.v1.Needs;
import com.claudemesh.web.v1.QueryTime;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /me/notifications}: where the person was mentioned, in all its meshes, newest first. */
@Path("/api/v1/me/notifications")
@RequestScoped
@Requires(Access.API_KEY)
public class MyMentionsResource {
    private static final Duration DEFAULT_SPAN = Duration.ofDays(7);
    private static final int MAX_ROWS = 100;

    @Inject
    private Memberships memberships;

    @Inject
    private Notifications notifications;

    @Inject
    private Clock clock;

    private record Mention(MentionNotice notice, Membership membership) {}

    /** @param include {@code all} for read ones, too */
    @GET
    @Needs(ApiKeyCapability.READ)
    public Response list(@QueryParam("include") @Nullable String include, @QueryParam("since") @Nullable String since) {
        Instant from = QueryTime.since(since, clock.instant().minus(DEFAULT_SPAN));
        List<Mention> found = new ArrayList<>();
        for (Membership membership : memberships.all()) {
            notifications
                    .list(membership.caller(), from, !"all".equals(include))
                    .forEach(notice -> found.add(new Mention(notice, membership)));
        }
        List<Map<String, Object>> rows = found.stream()
                .sorted(Comparator.comparing(
                                (Mention mention) -> mention.notice().createdAt())
                        .reversed())
                .limit(MAX_ROWS)
                .map(MyMentionsResource::row)
                .toList();
        Map<String, Object> totals = new LinkedHashMap<>();
        totals.put(
                "unread",
                found.stream()
                        .filter(mention -> mention.notice().readAt() == null)
                        .count());
        totals.put("total", found.size());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("notifications", rows);
        body.put("totals", totals);
        return Answer.ok(body);
    }

    private static Map<String, Object> row(Mention mention) {
        MentionNotice notice = mention.notice();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("notificationId", notice.notificationId());
        row.put("messageId", notice.messageId());
        row.put("topicId", notice.topicId());
        row.put("topicName", notice.topicName());
        mention.membership().describe(row);
        row.put("senderName", notice.senderName());
        Snippet.put(row, notice.bodyVersion(), notice.nonce(), notice.ciphertext(), notice.keyEpoch());
        row.put("read", notice.readAt() != null);
        row.put("readAt", notice.readAt() == null ? null : WireTime.text(notice.readAt()));
        row.put("createdAt", WireTime.text(notice.createdAt()));
        return row;
    }
}
