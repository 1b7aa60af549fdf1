package com.claudemesh.protocol.frame;

/** Asks who is banned from the mesh; answered by {@link ListBansResult}. */
public record ListBans() implements ClientFrame {}
