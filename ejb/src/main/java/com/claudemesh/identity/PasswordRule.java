package com.claudemesh.identity;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/** What a password must be (after NIST SP 800-63B §3.1.1.2): long enough, bounded, and not the obvious. */
public final class PasswordRule {
    public static final int MIN_CHARS = 12;
    public static final int MAX_CHARS = 256;

    private PasswordRule() {}

    /** The password as it is hashed: the same text typed on another keyboard is the same password. */
    static String normalize(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    /** What is wrong with a new password; empty when it may be used. */
    static Optional<String> problem(String password, String email) {
        String normal = normalize(password);
        int length = normal.codePointCount(0, normal.length());
        if (length < MIN_CHARS || normal.length() > MAX_CHARS) {
            return Optional.of("must have " + MIN_CHARS + " to " + MAX_CHARS + " characters");
        }
        if (normal.codePoints().distinct().count() < 5) {
            return Optional.of("must have at least 5 different characters");
        }
        String lower = normal.toLowerCase(Locale.ROOT);
        if (!email.isEmpty() && (lower.equals(email) || lower.equals(email.substring(0, email.indexOf('@'))))) {
            return Optional.of("must not be the e-mail address");
        }
        return Optional.empty();
    }
}
