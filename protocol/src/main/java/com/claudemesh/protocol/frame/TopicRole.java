package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a member is in a topic. */
public enum TopicRole implements WireText {
    /** Invites and archives. */
    LEAD,
    MEMBER,
    /** Reads and never posts. */
    OBSERVER;

    @JsonValue
    @Override
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws InvalidFieldException for any other text */
    @JsonCreator
    public static TopicRole fromWire(String text) {
        for (TopicRole role : values()) {
            if (role.wire().equals(text)) {
                return role;
            }
        }
        throw new InvalidFieldException("role", "must be lead, member or observer");
    }
}
