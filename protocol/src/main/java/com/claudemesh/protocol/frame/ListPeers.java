package com.claudemesh.protocol.frame;

/** Asks for the live peers of the mesh; answered by {@link PeersList}. */
public record ListPeers() implements ClientFrame {}
