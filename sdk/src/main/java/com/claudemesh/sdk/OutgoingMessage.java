package com.claudemesh.sdk;

import com.claudemesh.protocol.frame.Priority;
import org.jspecify.annotations.Nullable;

/**
 * A message to send.
 *
 * @param targetSpec 64 lower-case hex digits for a direct message, which is encrypted; anything else goes unencrypted
 * @param clientMessageId makes repeated sends one message; made up when null
 */
public record OutgoingMessage(String targetSpec, String text, Priority priority, @Nullable String clientMessageId) {}
