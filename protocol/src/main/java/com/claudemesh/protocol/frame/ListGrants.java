package com.claudemesh.protocol.frame;

/** Asks what the asking member lets others do; an addition to the protocol, answered by {@link GrantsResult}. */
@WireName("list_grants")
public record ListGrants() implements ClientFrame {}
