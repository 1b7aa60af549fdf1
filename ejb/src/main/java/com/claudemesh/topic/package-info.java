/**
 * Conversations: topics, who is in them, their sealed keys, their history, mentions.
 *
 * <p>Promise: a post has its place in the topic from the transaction that stores its message; the places of a topic grow
 * without gaps in the order of the commits, so whoever has seen a place has seen all before it. A topic that a member may
 * not see does not exist for it, in every answer. The server holds no usable key of a topic after its creation.
 *
 * <p>{@link com.claudemesh.topic.TopicService} changes and reads topics, {@link com.claudemesh.topic.TopicKeyDesk} keeps the
 * sealed keys, {@link com.claudemesh.topic.Notifications} the mentions; {@link com.claudemesh.topic.TopicPosts} posts for
 * callers without a socket and {@link com.claudemesh.topic.TopicFeed} tells live readers. They block and are safe for any
 * thread but a socket thread. {@link com.claudemesh.topic.TopicDirectory} answers from memory, which events and a poll of
 * {@code mesh.topic_version} keep in step; everything else is in PostgreSQL.
 *
 * <p>Membership follows the mesh by triggers of the database: whoever becomes a member, in whatever way, is in {@code
 * #general}; whoever stops being one is in no topic any more, and the keys that it knew are due for rotation; whoever gets
 * another key loses its sealed copies. Stays in a topic are kept, in generations of its key, also after they ended: they decide
 * who may have an earlier key, and whose seals count.
 *
 * <p>Plain Java: no Jakarta imports outside the wiring classes.
 */
@NullMarked
package com.claudemesh.topic;

import org.jspecify.annotations.NullMarked;
