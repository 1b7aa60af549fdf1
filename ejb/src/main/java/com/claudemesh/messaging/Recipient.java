package com.claudemesh.messaging;

import org.jspecify.annotations.Nullable;

/**
 * One member that gets a copy.
 *
 * @param sessionPublicKey the session the sender meant; preferred while it is connected, null for any session
 */
public record Recipient(String memberId, @Nullable String sessionPublicKey) {}
