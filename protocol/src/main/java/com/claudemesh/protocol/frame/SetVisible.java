package com.claudemesh.protocol.frame;

/**
 * Hides the peer from other members' lists and from multicast, or shows it again. Answered by a receipt; the others are
 * told.
 */
public record SetVisible(Boolean visible) implements ClientFrame {

    public SetVisible {
        Fields.required("visible", visible);
    }
}
