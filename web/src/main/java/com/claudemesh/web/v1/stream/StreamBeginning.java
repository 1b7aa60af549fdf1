package com.claudemesh.web.v1.stream;

import com.claudemesh.topic.HistoryQuery;
import com.claudemesh.topic.TopicCaller;
import com.claudemesh.topic.TopicPage;
import com.claudemesh.topic.TopicPost;
import com.claudemesh.topic.TopicResult;
import com.claudemesh.topic.TopicService;
import com.claudemesh.topic.TopicView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream begins.
 *
 * @param afterSequence the first post told is the one after this place
 * @param eventId what a reader names to begin here again
 * @param resumed whether it is where the reader asked for
 */
record StreamBeginning(long afterSequence, String eventId, boolean resumed) {
    /** Names the place before the first post of a topic. */
    static final String BEFORE_ALL = "0";

    /**
     * Behind the post that the reader had last; without one, or when it is not there (any more), behind the newest post.
     * Blocking.
     */
    static StreamBeginning of(TopicService topics, TopicCaller caller, TopicView topic, @Nullable String lastEventId) {
        if (BEFORE_ALL.equals(lastEventId)) {
            return new StreamBeginning(0, BEFORE_ALL, true);
        }
        Optional<Long> known = lastEventId == null ? Optional.empty() : topics.sequenceOf(topic, lastEventId);
        if (known.isPresent()) {
            return new StreamBeginning(known.get(), lastEventId, true);
        }
        TopicResult<TopicPage> newest = topics.history(caller, topic.id(), HistoryQuery.newest(1));
        if (newest instanceof TopicResult.Done<TopicPage> done
                && !done.value().posts().isEmpty()) {
            TopicPost last = done.value().posts().get(0);
            return new StreamBeginning(last.sequence(), last.id(), false);
        }
        return new StreamBeginning(0, BEFORE_ALL, false);
    }
}
