package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How busy a peer is. Only an idle one is handed messages of every priority; the others take {@code now} alone. */
public enum Status implements WireText {
    IDLE,
    WORKING,
    /** Do not disturb: entered by anybody, left only by the peer's own {@code set_status}. */
    DND;

    @JsonValue
    @Override
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws InvalidFieldException for any other text */
    @JsonCreator
    public static Status fromWire(String text) {
        for (Status status : values()) {
            if (status.wire().equals(text)) {
                return status;
            }
        }
        throw new InvalidFieldException("status", "must be idle, working or dnd");
    }
}
