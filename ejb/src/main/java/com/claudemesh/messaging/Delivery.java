package com.claudemesh.messaging;

/** One recipient's stored copy of a message. {@code seq} orders all messages of a mesh. */
public record Delivery(long seq, Message message, Recipient recipient) {}
