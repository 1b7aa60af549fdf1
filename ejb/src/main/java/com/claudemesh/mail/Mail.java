package com.claudemesh.mail;

/**
 * A mail, ready to be sent.
 *
 * @param kind what it is for, for logs and limits; no personal data
 * @param to one address
 * @param text for readers without HTML; says the same as {@code html}
 */
public record Mail(String kind, String to, String subject, String text, String html) {

    public Mail {
        // A line break in a header would start another header (RFC 5322 §2.2).
        if (hasControl(to) || hasControl(subject)) {
            throw new IllegalArgumentException("an address or subject with control characters");
        }
    }

    private static boolean hasControl(String header) {
        return header.chars().anyMatch(Character::isISOControl);
    }

    /** Leaves addressee and content out. */
    @Override
    public String toString() {
        return "Mail[" + kind + "]";
    }
}
