package com.claudemesh.bench.gauntlet.fuzz;

/**
 * Bytes to be sent as they are.
 *
 * @param kind what is wrong with it
 * @param bytes a complete WebSocket frame with header, or what pretends to be one
 * @param mayEndConnection whether the server may close the connection over it
 */
public record HostileFrame(Mutation kind, byte[] bytes, boolean mayEndConnection) {}
