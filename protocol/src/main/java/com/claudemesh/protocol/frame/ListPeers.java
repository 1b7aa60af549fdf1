package com.claudemesh.protocol.frame;

/** Asks for the live peers of the mesh; answered by {@link PeersList}. */
@WireName("list_peers")
public record ListPeers() implements ClientFrame {}
