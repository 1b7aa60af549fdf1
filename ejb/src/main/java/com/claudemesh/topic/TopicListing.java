package com.claudemesh.topic;

import com.claudemesh.protocol.frame.TopicRole;
import org.jspecify.annotations.Nullable;

/**
 * A topic as one member sees it in a list.
 *
 * @param memberCount members that can connect
 * @param role what the member is in it; null when it is not in it
 * @param unread posts of others since it read the topic last; counted up to a limit
 */
public record TopicListing(
        TopicView topic, int memberCount, @Nullable TopicRole role, long unread) {}
