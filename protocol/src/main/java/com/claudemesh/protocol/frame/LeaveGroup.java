package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;

/** Takes the peer out of the group of exactly that name, if it is in it. Silent. */
public record LeaveGroup(String name) implements ClientFrame {

    public LeaveGroup {
        Fields.text("name", name, Limits.MAX_NAME_CHARS);
    }
}
