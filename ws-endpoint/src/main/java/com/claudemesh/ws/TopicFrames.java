package com.claudemesh.ws;

import com.claudemesh.platform.RateLimiter;
import com.claudemesh.platform.Settings;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.WireTime;
import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.ServerFrame;
import com.claudemesh.protocol.frame.TopicArchive;
import com.claudemesh.protocol.frame.TopicCreate;
import com.claudemesh.protocol.frame.TopicCreated;
import com.claudemesh.protocol.frame.TopicHistory;
import com.claudemesh.protocol.frame.TopicHistoryResponse;
import com.claudemesh.protocol.frame.TopicInvite;
import com.claudemesh.protocol.frame.TopicJoin;
import com.claudemesh.protocol.frame.TopicLeave;
import com.claudemesh.protocol.frame.TopicList;
import com.claudemesh.protocol.frame.TopicListResponse;
import com.claudemesh.protocol.frame.TopicMarkRead;
import com.claudemesh.protocol.frame.TopicMembers;
import com.claudemesh.protocol.frame.TopicMembersResponse;
import com.claudemesh.protocol.frame.TopicSearch;
import com.claudemesh.protocol.frame.TopicSearchResponse;
import com.claudemesh.protocol.frame.TopicVisibility;
import com.claudemesh.topic.CreatedTopic;
import com.claudemesh.topic.HistoryQuery;
import com.claudemesh.topic.NewTopic;
import com.claudemesh.topic.TopicCaller;
import com.claudemesh.topic.TopicHits;
import com.claudemesh.topic.TopicListing;
import com.claudemesh.topic.TopicMemberView;
import com.claudemesh.topic.TopicPost;
import com.claudemesh.topic.TopicResult;
import com.claudemesh.topic.TopicService;
import com.claudemesh.topic.TopicView;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The {@code topic_…} frames. Who may do what with a topic is decided by the topic. */
@Dependent
public class TopicFrames implements FrameHandlers {
    private final TopicService topics;
    private final RateLimiter changes;
    private final RateLimiter reads;

    @Inject
    public TopicFrames(TopicService topics, Settings settings) {
        this.topics = topics;
        int changesPerMinute = settings.topics().changesPerMinute();
        int readsPerMinute = settings.topics().readsPerMinute();
        this.changes = new RateLimiter(changesPerMinute, changesPerMinute, System::nanoTime);
        this.reads = new RateLimiter(readsPerMinute, readsPerMinute, System::nanoTime);
    }

    @Override
    public void register(Dispatcher dispatcher) {
        dispatcher.on(TopicCreate.class, limited(changes, this::create));
        dispatcher.on(TopicJoin.class, limited(changes, this::join));
        dispatcher.on(TopicLeave.class, limited(changes, this::leave));
        dispatcher.on(TopicArchive.class, limited(changes, this::archive));
        dispatcher.on(TopicInvite.class, limited(changes, this::invite));
        dispatcher.on(TopicList.class, limited(reads, this::list));
        dispatcher.on(TopicMembers.class, limited(reads, this::members));
        dispatcher.on(TopicHistory.class, limited(reads, this::history));
        dispatcher.on(TopicMarkRead.class, limited(reads, this::markRead));
        dispatcher.on(TopicSearch.class, limited(reads, this::search));
    }

    private static <F extends ClientFrame> FrameHandler<F> limited(RateLimiter limiter, FrameHandler<F> handler) {
        return (frame, peer) -> {
            long waitMillis = limiter.tryAcquire(peer.memberId());
            return waitMillis > 0
                    ? error(ErrorCode.RATE_LIMITED, "too many topic requests, try again in " + waitMillis + " ms")
                    : handler.handle(frame, peer);
        };
    }

    private Reply create(TopicCreate frame, Peer peer) {
        NewTopic wish = new NewTopic(
                frame.name(),
                frame.description(),
                Optional.ofNullable(frame.visibility()).orElse(TopicVisibility.PUBLIC),
                frame.retentionDays());
        return answer(frame.name(), topics.create(caller(peer), wish), TopicFrames::created);
    }

    private static ServerFrame created(CreatedTopic made) {
        TopicView topic = made.topic();
        return new TopicCreated(new TopicCreated.Topic(topic.id(), topic.name(), topic.visibility()), made.created());
    }

    private Reply join(TopicJoin frame, Peer peer) {
        return silent(frame.topic(), topics.join(caller(peer), frame.topic(), frame.role()));
    }

    private Reply leave(TopicLeave frame, Peer peer) {
        return silent(frame.topic(), topics.leave(caller(peer), frame.topic()));
    }

    private Reply markRead(TopicMarkRead frame, Peer peer) {
        return silent(frame.topic(), topics.markRead(caller(peer), frame.topic()));
    }

    private Reply archive(TopicArchive frame, Peer peer) {
        return receipt(frame.topic(), topics.archive(caller(peer), frame.topic()));
    }

    private Reply invite(TopicInvite frame, Peer peer) {
        return receipt(frame.topic(), topics.invite(caller(peer), frame.topic(), frame.member(), frame.role()));
    }

    private Reply list(TopicList frame, Peer peer) {
        return new Reply.Now(new TopicListResponse(shown(topics.list(caller(peer)))));
    }

    private static List<TopicListResponse.Topic> shown(List<TopicListing> listings) {
        return listings.stream().map(TopicFrames::shown).toList();
    }

    private static TopicListResponse.Topic shown(TopicListing listing) {
        TopicView topic = listing.topic();
        return new TopicListResponse.Topic(
                topic.id(),
                topic.name(),
                topic.description(),
                topic.visibility(),
                listing.memberCount(),
                WireTime.text(topic.createdAt()),
                listing.role(),
                listing.unread(),
                topic.keyEpoch(),
                topic.rotationDue());
    }

    private Reply members(TopicMembers frame, Peer peer) {
        return answer(
                frame.topic(),
                topics.members(caller(peer), frame.topic()),
                members -> new TopicMembersResponse(
                        frame.topic(), members.stream().map(TopicFrames::shown).toList()));
    }

    private static TopicMembersResponse.Member shown(TopicMemberView member) {
        return new TopicMembersResponse.Member(
                member.memberId(),
                member.publicKey(),
                member.displayName(),
                member.role(),
                WireTime.text(member.joinedAt()),
                member.lastReadAt() == null ? null : WireTime.text(member.lastReadAt()));
    }

    private Reply history(TopicHistory frame, Peer peer) {
        HistoryQuery query = new HistoryQuery(frame.rows(), frame.beforeId(), frame.afterId(), frame.threadOf());
        return answer(
                frame.topic(),
                topics.history(caller(peer), frame.topic(), query),
                page -> new TopicHistoryResponse(frame.topic(), wire(page.posts())));
    }

    private static List<TopicHistoryResponse.Post> wire(List<TopicPost> posts) {
        return posts.stream().map(TopicPost::wire).toList();
    }

    private Reply search(TopicSearch frame, Peer peer) {
        TopicHits hits = topics.search(caller(peer), frame.query(), frame.rows());
        return new Reply.Now(new TopicSearchResponse(frame.query(), shown(hits.topics()), wire(hits.posts())));
    }

    private static TopicCaller caller(Peer peer) {
        return new TopicCaller(peer.meshId(), peer.memberId());
    }

    private static Reply silent(String topic, TopicResult<?> result) {
        return result instanceof TopicResult.Done<?> ? Reply.Silent.SILENT : refusal(topic, result);
    }

    private static Reply receipt(String topic, TopicResult<?> result) {
        return result instanceof TopicResult.Done<?> ? Reply.Receipt.RECEIPT : refusal(topic, result);
    }

    private static <T> Reply answer(String topic, TopicResult<T> result, Function<T, ServerFrame> shown) {
        return result instanceof TopicResult.Done<T> done
                ? new Reply.Now(shown.apply(done.value()))
                : refusal(topic, result);
    }

    private static Reply refusal(String topic, TopicResult<?> result) {
        if (result instanceof TopicResult.Forbidden<?> forbidden) {
            return error(ErrorCode.FORBIDDEN, forbidden.text());
        }
        if (result instanceof TopicResult.LimitReached<?> limit) {
            return error(ErrorCode.TOPIC_LIMIT, limit.text());
        }
        return result instanceof TopicResult.Invalid<?> invalid
                ? error(ErrorCode.INVALID_ARGS, invalid.field() + ": " + invalid.text())
                : error(ErrorCode.TOPIC_NOT_FOUND, "topic: there is no '" + topic + "' in this mesh");
    }

    private static Reply error(ErrorCode code, String message) {
        return new Reply.Now(ErrorFrame.of(code, message));
    }
}
