package com.claudemesh.protocol.frame;

/** The member with this display name may connect again. */
public record UnbanAck(String unbanned) implements ServerFrame {}
