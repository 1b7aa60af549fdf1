/**
 * Verbs about topics, and what they share with the running session: where keys of topics are kept, how posts are shown,
 * how a post is encrypted.
 */
@NullMarked
package com.claudemesh.cli.topic;

import org.jspecify.annotations.NullMarked;
