package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the bearer of an API key may do. {@link #ADMIN} includes all others. */
public enum ApiKeyCapability implements WireText {
    SEND,
    READ,
    STATE_WRITE,
    ADMIN;

    @JsonValue
    @Override
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static ApiKeyCapability fromWire(String text) {
        for (ApiKeyCapability capability : values()) {
            if (capability.wire().equals(text)) {
                return capability;
            }
        }
        throw new InvalidFieldException("capabilities", "must be of send, read, state_write, admin");
    }
}
