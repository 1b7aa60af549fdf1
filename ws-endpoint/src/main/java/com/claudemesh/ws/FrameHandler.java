package com.claudemesh.ws;

import com.claudemesh.presence.Peer;
import com.claudemesh.protocol.frame.ClientFrame;

/** Handles one type of frame. Runs on a worker; frames of one connection never overlap. */
@FunctionalInterface
public interface FrameHandler<F extends ClientFrame> {
    Reply handle(F frame, Peer peer);
}
