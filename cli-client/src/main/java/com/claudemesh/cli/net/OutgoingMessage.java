package com.claudemesh.cli.net;

import com.claudemesh.protocol.frame.Priority;
import java.util.Optional;

/**
 * A message to send.
 *
 * @param targetSpec resolved: 64 hexadecimal digits, {@code @group}, {@code *}, {@code #topicId}
 */
public record OutgoingMessage(String targetSpec, String text, Priority priority, Optional<String> replyToId) {}
