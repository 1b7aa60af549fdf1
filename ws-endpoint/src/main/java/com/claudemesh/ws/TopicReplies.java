package com.claudemesh.ws;

import com.claudemesh.presence.WireTime;
import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.ServerFrame;
import com.claudemesh.protocol.frame.TopicCreated;
import com.claudemesh.protocol.frame.TopicHistoryResponse;
import com.claudemesh.protocol.frame.TopicListResponse;
import com.claudemesh.protocol.frame.TopicMembersResponse;
import com.claudemesh.protocol.frame.TopicSearchResponse;
import com.claudemesh.topic.CreatedTopic;
import com.claudemesh.topic.TopicHits;
import com.claudemesh.topic.TopicListing;
import com.claudemesh.topic.TopicMemberView;
import com.claudemesh.topic.TopicPage;
import com.claudemesh.topic.TopicPost;
import com.claudemesh.topic.TopicResult;
import com.claudemesh.topic.TopicView;
import java.util.List;
import java.util.function.Function;

/** What the topic component says, as frames. */
final class TopicReplies {
    private TopicReplies() {}

    static ServerFrame created(CreatedTopic made) {
        TopicView topic = made.topic();
        return new TopicCreated(new TopicCreated.Topic(topic.id(), topic.name(), topic.visibility()), made.created());
    }

    static Reply list(List<TopicListing> listings) {
        return new Reply.Now(new TopicListResponse(shown(listings)));
    }

    private static List<TopicListResponse.Topic> shown(List<TopicListing> listings) {
        return listings.stream().map(TopicReplies::shown).toList();
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

    /** @param topic as it was asked for */
    static ServerFrame members(String topic, List<TopicMemberView> members) {
        return new TopicMembersResponse(
                topic, members.stream().map(TopicReplies::shown).toList());
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

    /** @param topic as it was asked for */
    static ServerFrame history(String topic, TopicPage page) {
        return new TopicHistoryResponse(topic, wire(page.posts()));
    }

    static Reply found(String query, TopicHits hits) {
        return new Reply.Now(new TopicSearchResponse(query, shown(hits.topics()), wire(hits.posts())));
    }

    private static List<TopicHistoryResponse.Post> wire(List<TopicPost> posts) {
        return posts.stream().map(TopicPost::wire).toList();
    }

    /** No answer when it is done. */
    static Reply silent(String topic, TopicResult<?> result) {
        return result instanceof TopicResult.Done<?> ? Reply.Silent.SILENT : refusal(topic, result);
    }

    /** The generic receipt when it is done. */
    static Reply receipt(String topic, TopicResult<?> result) {
        return result instanceof TopicResult.Done<?> ? Reply.Receipt.RECEIPT : refusal(topic, result);
    }

    static <T> Reply answer(String topic, TopicResult<T> result, Function<T, ServerFrame> shown) {
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
