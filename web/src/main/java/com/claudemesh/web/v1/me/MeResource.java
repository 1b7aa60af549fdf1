package com.claudemesh.web.v1.me;

import com.claudemesh.presence.WireTime;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.topic.Notifications;
import com.claudemesh.topic.TopicListing;
import com.claudemesh.topic.TopicOverview;
import com.claudemesh.topic.TopicPost;
import com.claudemesh.topic.TopicService;
import com.claudemesh.web.Answer;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import com.claudemesh.web.v1.LivePeers;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code GET /me/workspace}, {@code /me/topics} and {@code /me/activity}: the person's meshes and what goes on in them. */
@Path("/api/v1/me")
@RequestScoped
@Requires(Access.API_KEY)
public class MeResource {
    private static final Duration DEFAULT_ACTIVITY = Duration.ofHours(24);
    private static final Duration MENTIONS_COUNTED = Duration.ofDays(30);
    private static final int MAX_ACTIVITY = 200;

    @Inject
    private Memberships memberships;

    @Inject
    private TopicService topics;

    @Inject
    private TopicOverview overview;

    @Inject
    private Notifications notifications;

    @Inject
    private LivePeers live;

    @Inject
    private Clock clock;

    @GET
    @Path("/workspace")
    @Needs(ApiKeyCapability.READ)
    public Response workspace() {
        List<Map<String, Object>> rows =
                memberships.all().stream().map(this::workspaceRow).toList();
        Map<String, Object> totals = new LinkedHashMap<>();
        totals.put("meshes", rows.size());
        for (String count : List.of("peers", "online", "topics", "unreadMentions")) {
            totals.put(
                    count,
                    rows.stream()
                            .mapToInt(row -> ((Number) row.get(count)).intValue())
                            .sum());
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("userId", memberships.accountId());
        body.put("meshes", rows);
        body.put("totals", totals);
        return Answer.ok(body);
    }

    private Map<String, Object> workspaceRow(Membership membership) {
        String meshId = membership.mesh().meshId();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("meshId", meshId);
        row.put("slug", membership.mesh().slug());
        row.put("name", membership.mesh().name());
        row.put("memberId", membership.member().memberId());
        row.put("myRole", membership.member().role().wire());
        row.put("joinedAt", WireTime.text(membership.mesh().joinedAt()));
        row.put("peers", membership.mesh().memberCount());
        row.put("online", live.newestByMember(meshId).size());
        row.put("topics", topics.list(membership.caller()).size());
        row.put(
                "unreadMentions",
                notifications
                        .list(membership.caller(), clock.instant().minus(MENTIONS_COUNTED), true)
                        .size());
        return row;
    }

    @GET
    @Path("/topics")
    @Needs(ApiKeyCapability.READ)
    public Response topics() {
        Map<TopicListing, Membership> all = visible();
        Map<String, Instant> last = overview.lastPosts(
                all.keySet().stream().map(listing -> listing.topic().id()).toList());
        Comparator<TopicListing> newestFirst = Comparator.comparing(
                listing -> last.getOrDefault(listing.topic().id(), Instant.MIN), Comparator.reverseOrder());
        List<Map<String, Object>> rows = all.keySet().stream()
                .sorted(newestFirst.thenComparing(listing -> listing.topic().name()))
                .map(listing -> topicRow(
                        listing, all.get(listing), last.get(listing.topic().id())))
                .toList();
        Map<String, Object> totals = new LinkedHashMap<>();
        totals.put("topics", rows.size());
        totals.put(
                "unread", all.keySet().stream().mapToLong(TopicListing::unread).sum());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("topics", rows);
        body.put("totals", totals);
        return Answer.ok(body);
    }

    private Map<TopicListing, Membership> visible() {
        Map<TopicListing, Membership> all = new LinkedHashMap<>();
        memberships
                .all()
                .forEach(membership ->
                        topics.list(membership.caller()).forEach(listing -> all.put(listing, membership)));
        return all;
    }

    private static Map<String, Object> topicRow(
            TopicListing listing, Membership membership, @Nullable Instant lastMessageAt) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("topicId", listing.topic().id());
        row.put("name", listing.topic().name());
        row.put("description", listing.topic().description());
        row.put("visibility", listing.topic().visibility().wire());
        row.put("createdAt", WireTime.text(listing.topic().createdAt()));
        membership.describe(row);
        row.put("memberId", membership.member().memberId());
        row.put("unread", listing.unread());
        row.put("lastMessageAt", lastMessageAt == null ? null : WireTime.text(lastMessageAt));
        return row;
    }

    /** Posts of others, newest first. */
    @GET
    @Path("/activity")
    @Needs(ApiKeyCapability.READ)
    public Response activity(@QueryParam("since") @Nullable String since) {
        Instant from = QueryTime.since(since, clock.instant().minus(DEFAULT_ACTIVITY));
        Map<TopicListing, Membership> all = visible();
        Map<String, TopicListing> byId = new HashMap<>();
        all.keySet().forEach(listing -> byId.put(listing.topic().id(), listing));
        Set<String> mine = all.values().stream()
                .map(membership -> membership.member().memberId())
                .collect(Collectors.toSet());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (TopicPost post : overview.newest(byId.keySet(), mine, from, MAX_ACTIVITY)) {
            TopicListing listing = byId.get(post.topicId());
            rows.add(activityRow(post, listing, all.get(listing)));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("activity", rows);
        body.put("totals", Map.of("events", rows.size()));
        return Answer.ok(body);
    }

    private static Map<String, Object> activityRow(TopicPost post, TopicListing listing, Membership membership) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("messageId", post.id());
        row.put("topicId", post.topicId());
        row.put("topicName", listing.topic().name());
        membership.describe(row);
        row.put("senderName", post.senderName());
        row.put("senderMemberId", post.senderMemberId());
        Snippet.put(row, post.bodyVersion(), post.nonce(), post.ciphertext(), post.keyEpoch());
        row.put("createdAt", WireTime.text(post.createdAt()));
        return row;
    }
}
