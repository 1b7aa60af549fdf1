package com.claudemesh.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The version of this build. */
public final class Version {
    private Version() {}

    /** Semantic version, as in {@code 1.0.0}. */
    public static String current() {
        try (InputStream text = Objects.requireNonNull(Version.class.getResourceAsStream("version.txt"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the jar holds no readable version", unreadable);
        }
    }

    /** What {@code --version} prints. */
    public static String line() {
        return "  claudemesh v" + current();
    }
}
