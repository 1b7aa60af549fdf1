package com.claudemesh.web;

import java.text.Normalizer;
import java.util.Optional;

/** What people may be called: visible characters, no line breaks, no direction tricks, 1 to 60 characters. */
final class Names {
    private static final int MAX_CHARS = 60;

    private Names() {}

    /** The name in NFC without outer blanks; empty when it may not be used. */
    static Optional<String> clean(String name) {
        String clean = Normalizer.normalize(name, Normalizer.Form.NFC).strip();
        boolean visible = clean.codePoints().noneMatch(Names::isForbidden);
        return clean.isEmpty() || clean.length() > MAX_CHARS || !visible ? Optional.empty() : Optional.of(clean);
    }

    private static boolean isForbidden(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.PRIVATE_USE
                || type == Character.UNASSIGNED;
    }
}
