package com.claudemesh.protocol.frame;

/** The member with this display name is banned. */
public record BanAck(String banned) implements ServerFrame {}
