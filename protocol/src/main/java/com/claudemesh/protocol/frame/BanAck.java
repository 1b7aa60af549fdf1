package com.claudemesh.protocol.frame;

/** The member with this display name is banned. */
@WireName("ban_ack")
public record BanAck(String banned) implements ServerFrame {}
