package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who may see and join a topic. */
public enum TopicVisibility implements WireText {
    /** Every member of the mesh. */
    PUBLIC,
    /** Its members and the administrators of the mesh; others join by invitation. */
    PRIVATE,
    /** As private: a conversation of a few. */
    DM;

    @JsonValue
    @Override
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws InvalidFieldException for any other text */
    @JsonCreator
    public static TopicVisibility fromWire(String text) {
        for (TopicVisibility visibility : values()) {
            if (visibility.wire().equals(text)) {
                return visibility;
            }
        }
        throw new InvalidFieldException("visibility", "must be public, private or dm");
    }
}
