package com.claudemesh.cli.config;

import java.util.Optional;
import java.util.stream.Stream;

/** How an account token came here. */
public enum TokenSource {
    DEVICE_CODE("device-code"),
    CALLBACK("callback"),
    MANUAL("manual"),
    PERSONAL("pat"),
    ENVIRONMENT("env"),
    OPTION("option");

    private final String text;

    TokenSource(String text) {
        this.text = text;
    }

    /** As in auth.json. */
    public String text() {
        return text;
    }

    static Optional<TokenSource> of(String text) {
        return Stream.of(values()).filter(source -> source.text.equals(text)).findFirst();
    }
}
