package com.claudemesh.cli.net;

/** Over whose connection a message went. */
public enum Route {
    /** That of a running {@code mcp} process. */
    WARM,
    /** One that the verb opened for itself. */
    COLD;

    /** As scripts see it. */
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
