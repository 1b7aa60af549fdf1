package com.claudemesh.ws;

import com.claudemesh.platform.Settings;
import com.claudemesh.presence.Peer;
import com.claudemesh.protocol.frame.TopicArchive;
import com.claudemesh.protocol.frame.TopicCreate;
import com.claudemesh.protocol.frame.TopicHistory;
import com.claudemesh.protocol.frame.TopicInvite;
import com.claudemesh.protocol.frame.TopicJoin;
import com.claudemesh.protocol.frame.TopicLeave;
import com.claudemesh.protocol.frame.TopicList;
import com.claudemesh.protocol.frame.TopicMarkRead;
import com.claudemesh.protocol.frame.TopicMembers;
import com.claudemesh.protocol.frame.TopicSearch;
import com.claudemesh.protocol.frame.TopicVisibility;
import com.claudemesh.topic.HistoryQuery;
import com.claudemesh.topic.NewTopic;
import com.claudemesh.topic.TopicCaller;
import com.claudemesh.topic.TopicService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;

/** The {@code topic_…} frames. Who may do what with a topic is decided by the topic. */
@Dependent
public class TopicFrames implements FrameHandlers {
    private final TopicService topics;
    private final TopicRates rates;

    @Inject
    public TopicFrames(TopicService topics, Settings settings) {
        this.topics = topics;
        this.rates = new TopicRates(
                settings.topics().changesPerMinute(), settings.topics().readsPerMinute(), System::nanoTime);
    }

    @Override
    public void register(Dispatcher dispatcher) {
        dispatcher.on(TopicCreate.class, rates.change(this::create));
        dispatcher.on(TopicJoin.class, rates.change(this::join));
        dispatcher.on(TopicLeave.class, rates.change(this::leave));
        dispatcher.on(TopicArchive.class, rates.change(this::archive));
        dispatcher.on(TopicInvite.class, rates.change(this::invite));
        dispatcher.on(TopicList.class, rates.read(this::list));
        dispatcher.on(TopicMembers.class, rates.read(this::members));
        dispatcher.on(TopicHistory.class, rates.read(this::history));
        dispatcher.on(TopicMarkRead.class, rates.read(this::markRead));
        dispatcher.on(TopicSearch.class, rates.read(this::search));
    }

    private Reply create(TopicCreate frame, Peer peer) {
        NewTopic wish = new NewTopic(
                frame.name(),
                frame.description(),
                Optional.ofNullable(frame.visibility()).orElse(TopicVisibility.PUBLIC),
                frame.retentionDays());
        return TopicReplies.answer(frame.name(), topics.create(caller(peer), wish), TopicReplies::created);
    }

    private Reply join(TopicJoin frame, Peer peer) {
        return TopicReplies.silent(frame.topic(), topics.join(caller(peer), frame.topic(), frame.role()));
    }

    private Reply leave(TopicLeave frame, Peer peer) {
        return TopicReplies.silent(frame.topic(), topics.leave(caller(peer), frame.topic()));
    }

    private Reply markRead(TopicMarkRead frame, Peer peer) {
        return TopicReplies.silent(frame.topic(), topics.markRead(caller(peer), frame.topic()));
    }

    private Reply archive(TopicArchive frame, Peer peer) {
        return TopicReplies.receipt(frame.topic(), topics.archive(caller(peer), frame.topic()));
    }

    private Reply invite(TopicInvite frame, Peer peer) {
        return TopicReplies.receipt(
                frame.topic(), topics.invite(caller(peer), frame.topic(), frame.member(), frame.role()));
    }

    private Reply list(TopicList frame, Peer peer) {
        return TopicReplies.list(topics.list(caller(peer)));
    }

    private Reply members(TopicMembers frame, Peer peer) {
        return TopicReplies.answer(
                frame.topic(),
                topics.members(caller(peer), frame.topic()),
                members -> TopicReplies.members(frame.topic(), members));
    }

    private Reply history(TopicHistory frame, Peer peer) {
        HistoryQuery query = new HistoryQuery(frame.rows(), frame.beforeId(), frame.afterId(), frame.threadOf());
        return TopicReplies.answer(
                frame.topic(),
                topics.history(caller(peer), frame.topic(), query),
                page -> TopicReplies.history(frame.topic(), page));
    }

    private Reply search(TopicSearch frame, Peer peer) {
        return TopicReplies.found(frame.query(), topics.search(caller(peer), frame.query(), frame.rows()));
    }

    private static TopicCaller caller(Peer peer) {
        return new TopicCaller(peer.meshId(), peer.memberId());
    }
}
