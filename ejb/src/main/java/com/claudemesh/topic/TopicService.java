package com.claudemesh.topic;

import com.claudemesh.audit.AuditChainStore;
import com.claudemesh.audit.AuditEvent;
import com.claudemesh.mesh.MemberView;
import com.claudemesh.platform.TopicNumbers;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.frame.TopicRole;
import com.claudemesh.protocol.id.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The door to topics: making, listing, joining, reading, archiving, searching. A topic is named by its id or its name. Blocking;
 * safe for any thread but a socket thread.
 */
public final class TopicService {
    private final TopicAccess access;
    private final TopicDirectory topics;
    private final Transactions transactions;
    private final AuditChainStore chains;
    private final Clock clock;
    private final TopicNumbers numbers;
    private final Consumer<String> changed;

    /** @param changed is told the id of a mesh after a change of a topic was committed */
    TopicService(
            TopicAccess access,
            TopicDirectory topics,
            Transactions transactions,
            AuditChainStore chains,
            Clock clock,
            TopicNumbers numbers,
            Consumer<String> changed) {
        this.access = access;
        this.topics = topics;
        this.transactions = transactions;
        this.chains = chains;
        this.clock = clock;
        this.numbers = numbers;
        this.changed = changed;
    }

    /** Makes a topic with the caller as lead; one that exists already is joined, and keeps what it is. */
    public TopicResult<CreatedTopic> create(TopicCaller caller, NewTopic wish) {
        Optional<MemberView> creator = access.member(caller);
        if (creator.isEmpty()) {
            return new TopicResult.NotFound<>();
        }
        // A topic that was made meanwhile is in the database, but not in memory.
        changed.accept(caller.meshId());
        TopicResult<Made> made = transactions.run(connection -> create(connection, caller, creator.get(), wish));
        if (made instanceof TopicResult.Done<Made> done) {
            changed.accept(caller.meshId());
            return topics.findById(caller.meshId(), done.value().topicId())
                    .<TopicResult<CreatedTopic>>map(topic -> new TopicResult.Done<>(
                            new CreatedTopic(topic, done.value().created())))
                    .orElseGet(TopicResult.NotFound::new);
        }
        return refusal(made);
    }

    private record Made(String topicId, boolean created) {}

    private TopicResult<Made> create(Connection connection, TopicCaller caller, MemberView creator, NewTopic wish)
            throws SQLException {
        TopicStore.serializeCreation(connection, caller.meshId());
        Optional<TopicStore.Locked> existing = TopicStore.lockByName(connection, caller.meshId(), wish.name());
        Instant now = now();
        if (existing.isPresent()) {
            return joinExisting(connection, caller, existing.get(), now);
        }
        if (TopicStore.count(connection, caller.meshId()) >= numbers.maxTopicsPerMesh()) {
            return new TopicResult.LimitReached<>("this mesh has " + numbers.maxTopicsPerMesh()
                    + " topics, archived ones included; no more are made");
        }
        String id = Ids.next();
        TopicStore.insert(connection, id, caller, wish, now);
        TopicStore.join(connection, id, caller.memberId(), TopicRole.LEAD, now);
        FirstKey.make(connection, id, creator, now);
        TopicStore.changed(connection, caller.meshId());
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("topicId", id);
        event.put("visibility", wish.visibility().wire());
        record(connection, creator, "topic_created", event, now);
        return new TopicResult.Done<>(new Made(id, true));
    }

    /** What cannot be joined is not told apart: archived, or not to be seen. */
    private TopicResult<Made> joinExisting(
            Connection connection, TopicCaller caller, TopicStore.Locked topic, Instant now) throws SQLException {
        boolean seen = !topic.archived() && access.visible(caller, topic.id()).isPresent();
        if (!seen) {
            return new TopicResult.Invalid<>("name", "is taken");
        }
        if (topic.isPublic()) {
            TopicStore.join(connection, topic.id(), caller.memberId(), TopicRole.MEMBER, now);
            TopicStore.changed(connection, caller.meshId());
        }
        return new TopicResult.Done<>(new Made(topic.id(), false));
    }

    /** The topic, if the caller may see it. From memory. */
    public Optional<TopicView> find(TopicCaller caller, String idOrName) {
        return access.visible(caller, idOrName);
    }

    /** As {@link #find}, by exact name only. */
    public Optional<TopicView> findByName(TopicCaller caller, String name) {
        return access.visibleByName(caller, name);
    }

    /** What the caller may see, by name. */
    public List<TopicListing> list(TopicCaller caller) {
        return listings(caller, access.allVisible(caller));
    }

    private List<TopicListing> listings(TopicCaller caller, List<TopicView> views) {
        if (views.isEmpty()) {
            return List.of();
        }
        Map<String, Long> unread = transactions.run(connection -> PostStore.unread(
                connection, views.stream().map(TopicView::id).toList(), caller.memberId(), numbers.maxUnread()));
        Set<String> active = access.active(caller.meshId());
        return views.stream()
                .sorted(Comparator.comparing(TopicView::name))
                .map(topic -> new TopicListing(
                        topic,
                        (int) topic.roles().keySet().stream()
                                .filter(active::contains)
                                .count(),
                        topic.roleOf(caller.memberId()),
                        unread.getOrDefault(topic.id(), 0L)))
                .toList();
    }

    /**
     * Puts the caller into a topic that is public, or that it administers the mesh of. Whoever is in it keeps its role, but
     * for a member that becomes the lead of a topic that has none.
     *
     * @param role null for member
     */
    public TopicResult<TopicView> join(TopicCaller caller, String topic, @Nullable TopicRole role) {
        TopicRole wanted = role == null ? TopicRole.MEMBER : role;
        return change(caller, topic, (connection, view, locked) -> {
            boolean in = view.has(caller.memberId());
            if (wanted == TopicRole.LEAD && view.roleOf(caller.memberId()) != TopicRole.LEAD) {
                boolean may = access.administers(caller)
                        || !locked.everybody() && !TopicStore.hasLead(connection, locked.id());
                if (!may) {
                    return Optional.of("role: a lead of the topic, or an administrator, makes somebody a lead");
                }
            }
            TopicStore.join(connection, locked.id(), caller.memberId(), wanted, now());
            if (in && wanted == TopicRole.LEAD) {
                TopicStore.setRole(connection, locked.id(), caller.memberId(), wanted);
            }
            return Optional.empty();
        });
    }

    /** Takes the caller out of a topic; its key is due for rotation then. */
    public TopicResult<TopicView> leave(TopicCaller caller, String topic) {
        return change(caller, topic, (connection, view, locked) -> {
            if (locked.everybody()) {
                return Optional.of("topic: everybody in the mesh is in #" + locked.name());
            }
            if (TopicStore.leave(connection, locked.id(), caller.memberId())) {
                TopicStore.rotationDue(connection, locked.id());
            }
            return Optional.empty();
        });
    }

    /** Who is in it, by display name. */
    public TopicResult<List<TopicMemberView>> members(TopicCaller caller, String topic) {
        return reading(caller, topic, (connection, view) -> TopicStore.members(connection, view.id()));
    }

    public TopicResult<TopicPage> history(TopicCaller caller, String topic, HistoryQuery query) {
        return reading(caller, topic, (connection, view) -> new TopicPage(view, posts(connection, view, query)));
    }

    private static List<TopicPost> posts(Connection connection, TopicView topic, HistoryQuery query)
            throws SQLException {
        Optional<Long> after = place(connection, topic, query.afterId());
        Optional<Long> before = place(connection, topic, query.beforeId());
        long place = after.or(() -> before).orElse(Long.MAX_VALUE);
        if (query.threadOf() != null) {
            return PostStore.answers(connection, topic.id(), query.threadOf(), after.isEmpty(), place, query.maxRows());
        }
        return after.isPresent()
                ? PostStore.after(connection, topic.id(), place, query.maxRows())
                : PostStore.before(connection, topic.id(), place, query.maxRows());
    }

    private static Optional<Long> place(Connection connection, TopicView topic, @Nullable String postId)
            throws SQLException {
        return postId == null ? Optional.empty() : PostStore.sequenceOf(connection, topic.id(), postId);
    }

    /** The place of a post in a topic, for resuming; empty when it is not there. */
    public Optional<Long> sequenceOf(TopicView topic, String postId) {
        return transactions.run(connection -> PostStore.sequenceOf(connection, topic.id(), postId));
    }

    /** The place of the last post of a topic; 0 when there is none. */
    public long lastSequence(TopicView topic) {
        return transactions.run(connection -> PostStore.lastSequence(connection, topic.id()));
    }

    /**
     * The caller has read everything up to now; it joins a public topic by that if it is not in it. Answers the time.
     */
    public TopicResult<Instant> markRead(TopicCaller caller, String topic) {
        Optional<TopicView> visible = access.visible(caller, topic);
        if (visible.isEmpty()) {
            return new TopicResult.NotFound<>();
        }
        TopicView view = visible.get();
        if (!view.has(caller.memberId()) && view.isPublic()) {
            TopicResult<TopicView> joined = join(caller, view.id(), null);
            if (!(joined instanceof TopicResult.Done<TopicView>)) {
                return refusal(joined);
            }
        }
        Instant now = now();
        transactions.execute(connection -> TopicStore.markRead(connection, view.id(), caller.memberId(), now));
        return new TopicResult.Done<>(now);
    }

    /** Ends a topic for good; its name stays taken. For leads and administrators. */
    public TopicResult<TopicView> archive(TopicCaller caller, String topic) {
        return change(
                caller,
                topic,
                (connection, view, locked) -> {
                    if (locked.everybody()) {
                        return Optional.of("topic: #" + locked.name() + " cannot be archived");
                    }
                    if (!leads(caller, view)) {
                        return Optional.of("topic: only its leads and administrators may archive it");
                    }
                    TopicStore.archive(connection, locked.id(), now());
                    return Optional.empty();
                },
                "topic_archived",
                Map.of());
    }

    /**
     * Puts a member into the topic, or changes its role there. For leads and administrators.
     *
     * @param member id or member key
     * @param role null for member
     */
    public TopicResult<TopicView> invite(TopicCaller caller, String topic, String member, @Nullable TopicRole role) {
        Optional<MemberView> guest = access.named(caller.meshId(), member)
                .or(() -> access.named(caller.meshId(), member.toLowerCase(Locale.ROOT)));
        if (access.visible(caller, topic).isEmpty()) {
            return new TopicResult.NotFound<>();
        }
        if (guest.isEmpty()) {
            return new TopicResult.Invalid<>("member", "is no active member of this mesh");
        }
        String memberId = guest.get().memberId();
        TopicRole given = role == null ? TopicRole.MEMBER : role;
        return change(
                caller,
                topic,
                (connection, view, locked) -> {
                    if (!leads(caller, view)) {
                        return Optional.of("topic: only its leads and administrators may invite");
                    }
                    TopicStore.join(connection, locked.id(), memberId, given, now());
                    if (role != null) {
                        TopicStore.setRole(connection, locked.id(), memberId, given);
                    }
                    return Optional.empty();
                },
                "topic_invited",
                Map.of("memberId", memberId, "role", given.wire()));
    }

    private boolean leads(TopicCaller caller, TopicView topic) {
        return topic.roleOf(caller.memberId()) == TopicRole.LEAD || access.administers(caller);
    }

    /**
     * Searches names and descriptions, senders, mentions, and bodies of version 1.
     *
     * @param maxRows 1..50, for topics and posts each
     */
    public TopicHits search(TopicCaller caller, String query, int maxRows) {
        List<TopicView> visible = access.allVisible(caller);
        if (visible.isEmpty()) {
            return new TopicHits(List.of(), List.of());
        }
        String lower = query.toLowerCase(Locale.ROOT);
        List<TopicView> named = visible.stream()
                .filter(topic -> topic.name().contains(lower)
                        || topic.description() != null
                                && topic.description().toLowerCase(Locale.ROOT).contains(lower))
                .sorted(Comparator.comparing(TopicView::name))
                .limit(maxRows)
                .toList();
        List<TopicPost> posts = transactions.run(connection ->
                PostStore.search(connection, visible.stream().map(TopicView::id).toList(), query, maxRows));
        return new TopicHits(listings(caller, named), posts);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T from(Connection connection, TopicView topic) throws SQLException;
    }

    private <T> TopicResult<T> reading(TopicCaller caller, String topic, Reading<T> reading) {
        Optional<TopicView> visible = access.visible(caller, topic);
        return visible.isEmpty()
                ? new TopicResult.NotFound<>()
                : new TopicResult.Done<>(transactions.run(connection -> reading.from(connection, visible.get())));
    }

    /** Answers why not, or nothing when it was done. */
    @FunctionalInterface
    private interface Change {
        Optional<String> apply(Connection connection, TopicView view, TopicStore.Locked topic) throws SQLException;
    }

    private TopicResult<TopicView> change(TopicCaller caller, String topic, Change change) {
        return change(caller, topic, change, null, Map.of());
    }

    /** @param eventType null for what is not recorded */
    private TopicResult<TopicView> change(
            TopicCaller caller, String topic, Change change, @Nullable String eventType, Map<String, ?> payload) {
        Optional<TopicView> visible = access.visible(caller, topic);
        Optional<MemberView> actor = access.member(caller);
        if (visible.isEmpty() || actor.isEmpty()) {
            return new TopicResult.NotFound<>();
        }
        TopicView view = visible.get();
        TopicResult<TopicView> outcome = transactions.run(connection -> {
            Optional<TopicStore.Locked> locked = TopicStore.lock(connection, caller.meshId(), view.id());
            if (locked.isEmpty()) {
                return new TopicResult.NotFound<>();
            }
            Optional<String> refusal = change.apply(connection, view, locked.get());
            if (refusal.isPresent()) {
                return new TopicResult.Forbidden<>(refusal.get());
            }
            TopicStore.changed(connection, caller.meshId());
            if (eventType != null) {
                Map<String, Object> event = new LinkedHashMap<>();
                event.put("topicId", view.id());
                event.putAll(payload);
                record(connection, actor.get(), eventType, event, now());
            }
            return new TopicResult.Done<>(view);
        });
        if (!(outcome instanceof TopicResult.Done<TopicView>)) {
            return outcome;
        }
        changed.accept(caller.meshId());
        return new TopicResult.Done<>(
                topics.findById(caller.meshId(), view.id()).orElse(view));
    }

    /** The same refusal of another request. */
    private static <T> TopicResult<T> refusal(TopicResult<?> outcome) {
        if (outcome instanceof TopicResult.Forbidden<?> forbidden) {
            return new TopicResult.Forbidden<>(forbidden.text());
        }
        if (outcome instanceof TopicResult.LimitReached<?> limit) {
            return new TopicResult.LimitReached<>(limit.text());
        }
        return outcome instanceof TopicResult.Invalid<?> invalid
                ? new TopicResult.Invalid<>(invalid.field(), invalid.text())
                : new TopicResult.NotFound<>();
    }

    /** Names of topics stay out of the record: everybody may read it. */
    private void record(Connection connection, MemberView actor, String type, Map<String, ?> payload, Instant now)
            throws SQLException {
        chains.append(
                connection,
                List.of(AuditEvent.of(actor.meshId(), type, actor.memberId(), actor.displayName(), payload, now)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
