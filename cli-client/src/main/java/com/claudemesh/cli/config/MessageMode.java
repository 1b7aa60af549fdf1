package com.claudemesh.cli.config;

/** How messages reach a session: into its conversation, into the inbox only, or not at all. */
public enum MessageMode {
    push,
    inbox,
    off;

    /** {@code push} for a text that is no mode. */
    static MessageMode of(String text) {
        for (MessageMode mode : values()) {
            if (mode.name().equals(text)) {
                return mode;
            }
        }
        return push;
    }
}
