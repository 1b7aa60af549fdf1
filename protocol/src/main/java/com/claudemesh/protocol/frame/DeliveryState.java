package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is known of one recipient's copy. */
public enum DeliveryState implements WireText {
    /** On disk; nobody of the recipient has it yet, because none of its sessions is connected or has room. */
    STORED,
    /** On disk; the recipient is connected and busy. */
    HELD,
    /** Written to a session of the recipient that does not confirm, or has not confirmed yet. */
    SENT,
    /** Confirmed by a session of the recipient. */
    RECEIVED,
    /** Not delivered within its time; it never will be. */
    EXPIRED,
    /** Will never be delivered; the reason says why. */
    FAILED;

    @JsonValue
    @Override
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws InvalidFieldException for any other text */
    @JsonCreator
    public static DeliveryState fromWire(String text) {
        for (DeliveryState state : values()) {
            if (state.wire().equals(text)) {
                return state;
            }
        }
        throw new InvalidFieldException("state", "must be stored, held, sent, received, expired or failed");
    }
}
