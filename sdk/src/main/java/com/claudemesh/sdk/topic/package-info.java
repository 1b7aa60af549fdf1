/**
 * End-to-end keys of topics: where they are kept, how a sealed copy is checked and opened, how copies are made for members
 * that have none, how a key is replaced when somebody left, and what a post's body means. Knows no transport: what a
 * server must offer is {@link com.claudemesh.sdk.topic.TopicKeyServer}.
 */
@NullMarked
package com.claudemesh.sdk.topic;

import org.jspecify.annotations.NullMarked;
