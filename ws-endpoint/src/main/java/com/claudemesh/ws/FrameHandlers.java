package com.claudemesh.ws;

/** A domain's handlers: registers one method per frame type, once, at start. */
public interface FrameHandlers {
    void register(Dispatcher dispatcher);
}
