package com.claudemesh.cli.net;

/**
 * The server has stored the message.
 *
 * @param recipientOffline nobody of the target is connected now; the message waits for them
 */
public record SendReceipt(String messageId, boolean recipientOffline, Route via) {}
