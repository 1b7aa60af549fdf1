package com.claudemesh.cli.grammar;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known name that a mistyped one was probably meant to be. */
public final class NearestName {
    static final int MAX_EDITS = 2;

    private NearestName() {}

    /** The nearest name by Levenshtein distance, at most two edits away; the first in alphabetical order on a tie. */
    public static Optional<String> to(String typed, Collection<String> names) {
        record Candidate(String name, int edits) {}
        return names.stream()
                .map(name -> new Candidate(name, edits(typed, name)))
                .filter(candidate -> candidate.edits() <= MAX_EDITS && candidate.edits() < typed.length())
                .min(Comparator.comparingInt(Candidate::edits).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    private static int edits(String from, String to) {
        if (Math.abs(from.length() - to.length()) > MAX_EDITS) {
            return Integer.MAX_VALUE;
        }
        int[] previous = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = previous[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(previous[column], current[column - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
