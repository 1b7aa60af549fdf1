package com.claudemesh.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address in the form that accounts are compared by: ASCII (RFC 5321 mailbox without quoting), lower case. Letters
 * that only look like ASCII are refused; internationalised domains are written in their ASCII form.
 */
public record EmailAddress(String text) {
    public static final int MAX_CHARS = 254;

    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern FORM =
            Pattern.compile("(?=.{1,64}@)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@" + LABEL
                    + "(?:\\." + LABEL + ")*");

    public static Optional<EmailAddress> parse(String input) {
        String text = input.strip();
        if (text.length() > MAX_CHARS || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return Optional.empty();
        }
        String canonical = text.toLowerCase(Locale.ROOT);
        return FORM.matcher(canonical).matches() ? Optional.of(new EmailAddress(canonical)) : Optional.empty();
    }
}
