package com.claudemesh.web.v1;

import org.jspecify.annotations.Nullable;

/** Whole numbers in a query string. */
public final class QueryNumber {
    private QueryNumber() {}

    /** From 1 to {@code max}: what is beyond is cut to it, what is no number is refused. */
    public static int clamped(String parameter, @Nullable String text, int fallback, int max) {
        return text == null ? fallback : (int) Math.max(1, Math.min(max, number(parameter, text)));
    }

    /** At least 1. */
    static int exact(String parameter, String text) {
        long number = number(parameter, text);
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw ApiProblem.invalid(parameter, "must be a whole number from 1");
        }
        return (int) number;
    }

    private static long number(String parameter, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw ApiProblem.invalid(parameter, "must be a whole number");
        }
    }
}
