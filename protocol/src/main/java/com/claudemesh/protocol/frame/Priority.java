package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How urgent a message is. {@code now} passes a busy recipient's gate, the others wait until it is idle. */
public enum Priority implements WireText {
    NOW,
    NEXT,
    LOW;

    @JsonValue
    @Override
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws InvalidFieldException for any other text */
    @JsonCreator
    public static Priority fromWire(String text) {
        for (Priority priority : values()) {
            if (priority.wire().equals(text)) {
                return priority;
            }
        }
        throw new InvalidFieldException("priority", "must be now, next or low");
    }
}
