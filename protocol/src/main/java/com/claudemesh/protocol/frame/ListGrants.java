package com.claudemesh.protocol.frame;

/** Asks what the asking member lets others do; an addition to the protocol, answered by {@link GrantsResult}. */
public record ListGrants() implements ClientFrame {}
