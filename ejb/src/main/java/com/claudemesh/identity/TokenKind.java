package com.claudemesh.identity;

import java.util.Locale;

/** What a bearer token of an account was made for. */
public enum TokenKind {
    /** Made by signing a command line in with a code. */
    CLI_SESSION,
    /** Made on a page and pasted into a command line. */
    PASTED,
    /** Named by its owner, for scripts. */
    PERSONAL;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static TokenKind fromWire(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
