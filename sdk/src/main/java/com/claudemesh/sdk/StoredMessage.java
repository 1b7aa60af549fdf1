package com.claudemesh.sdk;

/** A kept message and whether somebody has read it. */
public record StoredMessage(IncomingMessage message, boolean seen) {}
