package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;

/** One line about what this peer is doing. Silent. */
public record SetSummary(String summary) implements ClientFrame {

    public SetSummary {
        summary = summary == null ? "" : Fields.text("summary", summary, Limits.MAX_TEXT_CHARS);
    }
}
