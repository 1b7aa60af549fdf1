package com.claudemesh.web;

import com.claudemesh.protocol.crypto.primitive.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The style of all pages. Its address changes with its text: a browser never shows a new page with an old style. */
final class StyleSheet {
    private static final int VERSION_CHARS = 12;

    static final String TEXT = read();
    static final String ADDRESS =
            "/assets/style.css?v=" + Digests.sha256Hex(TEXT).substring(0, VERSION_CHARS);

    private StyleSheet() {}

    private static String read() {
        try (InputStream css = StyleSheet.class.getResourceAsStream("/assets/style.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
