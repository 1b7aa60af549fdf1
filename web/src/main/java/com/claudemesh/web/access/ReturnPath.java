package com.claudemesh.web.access;

import org.jspecify.annotations.Nullable;

/** Where a browser goes after sign-in: a path on this server and nothing else. */
public final class ReturnPath {
    public static final String DEFAULT = "/account";
    private static final int MAX_CHARS = 2_048;

    private ReturnPath() {}

    /** The wanted path, or the account page for anything that could lead elsewhere. */
    public static String of(@Nullable String wanted) {
        boolean local = wanted != null
                && wanted.length() <= MAX_CHARS
                && wanted.startsWith("/")
                && !wanted.startsWith("//")
                && wanted.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\' && c != '"' && c != '<' && c != '>');
        return local ? wanted : DEFAULT;
    }
}
