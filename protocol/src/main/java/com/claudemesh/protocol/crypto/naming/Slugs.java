package com.claudemesh.protocol.crypto.naming;

import java.util.Locale;
import java.util.regex.Pattern;

/** Mesh slugs made from names: lowercase letters and digits, every run of anything else as one dash. */
public final class Slugs {

    /** The slug of a mesh whose name has no usable character. */
    public static final String FALLBACK = "mesh";

    private static final int MAX_DASHBOARD_CHARS = 40;
    private static final Pattern OTHER_RUN = Pattern.compile("[^a-z0-9]+");

    private Slugs() {}

    /** The slug of a mesh made by the CLI; empty if the name has no usable character. */
    public static String fromName(String name) {
        String slug = OTHER_RUN.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("-");
        int start = slug.startsWith("-") ? 1 : 0;
        int end = slug.endsWith("-") ? slug.length() - 1 : slug.length();
        return start < end ? slug.substring(start, end) : "";
    }

    /** The slug of a mesh made in the console: at most {@value #MAX_DASHBOARD_CHARS} characters, never empty. */
    public static String forDashboard(String name) {
        String slug = fromName(name);
        if (slug.isEmpty()) {
            return FALLBACK;
        }
        return slug.substring(0, Math.min(MAX_DASHBOARD_CHARS, slug.length()));
    }
}
