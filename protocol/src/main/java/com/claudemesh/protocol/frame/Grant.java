package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a member lets another do to it. */
public enum Grant implements WireText {
    /** See it in lists. */
    READ,
    /** Send it direct messages. */
    DM,
    /** Reach it with messages to groups and to everybody. */
    BROADCAST,
    STATE_READ,
    STATE_WRITE,
    FILE_READ;

    @JsonValue
    @Override
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws InvalidFieldException for any other text */
    @JsonCreator
    public static Grant fromWire(String text) {
        for (Grant grant : values()) {
            if (grant.wire().equals(text)) {
                return grant;
            }
        }
        throw new InvalidFieldException(
                "grants",
                "capabilities are " + Arrays.stream(values()).map(Grant::wire).collect(Collectors.joining(", ")));
    }
}
