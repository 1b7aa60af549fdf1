package com.claudemesh.ws;

import com.claudemesh.platform.SocketSettings;

/**
 * Numbers of the socket layer.
 *
 * @param maxFrameBytesBeforeHello largest frame of a connection that has not said hello
 * @param maxFrameBytes largest frame of a peer
 * @param settings what the operator decides
 */
public record SocketLimits(int maxFrameBytesBeforeHello, int maxFrameBytes, SocketSettings settings) {}
