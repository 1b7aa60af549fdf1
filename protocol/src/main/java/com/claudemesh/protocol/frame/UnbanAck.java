package com.claudemesh.protocol.frame;

/** The member with this display name may connect again. */
@WireName("unban_ack")
public record UnbanAck(String unbanned) implements ServerFrame {}
