package com.claudemesh.protocol.frame;

/** The peer says by hand how busy it is. Silent. */
public record SetStatus(Status status) implements ClientFrame {

    public SetStatus {
        Fields.required("status", status);
    }
}
