package com.claudemesh.cli.grammar;

import java.util.regex.Pattern;

/** Tells an invitation link from a command word. */
public final class InviteUrl {
    private static final Pattern FORM =
            Pattern.compile("https?://[^/\\s]+/(?:[A-Za-z]{2}/)?(?:i|join)/\\S+|ic://\\S+|claudemesh://\\S+");

    private InviteUrl() {}

    /** Whether the word is an invitation link, so that it can stand in place of a command. */
    public static boolean matches(String word) {
        return FORM.matcher(word).matches();
    }
}
