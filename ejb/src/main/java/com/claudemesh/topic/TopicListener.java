package com.claudemesh.topic;

import java.util.List;

/** A live reader of one topic. Called by one thread at a time; must not block. */
public interface TopicListener {

    /** The next posts, oldest first, never one twice and none left out. */
    void posts(List<TopicPost> posts);

    /** The topic is archived, or the member may not see it any more. The last call. */
    void ended();
}
