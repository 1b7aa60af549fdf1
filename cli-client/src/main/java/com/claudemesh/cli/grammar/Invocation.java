package com.claudemesh.cli.grammar;

import java.util.List;
import java.util.Optional;

/**
 * What the arguments ask for.
 *
 * @param words the command words as typed: none for a bare or flag-first call, else one or two
 * @param arguments everything else, flags normalised so that none swallows a neighbour by accident
 */
public record Invocation(List<String> words, List<String> arguments) {
    private static final String END_OF_OPTIONS = "--";

    public boolean help() {
        return hasFlag("--help") || hasFlag("-h") || words.equals(List.of("help"));
    }

    public boolean version() {
        return hasFlag("--version") || hasFlag("-V");
    }

    public boolean json() {
        return options().stream()
                .anyMatch(argument -> argument.startsWith("--json=") || argument.equals("--output-format=json"));
    }

    public boolean debug() {
        return hasFlag("--debug");
    }

    /** Whether questions are answered in advance. */
    public boolean yes() {
        return hasFlag("--yes") || hasFlag("-y");
    }

    /** The value of a long option, the last one when it is repeated. */
    public Optional<String> value(String option) {
        List<String> all = values(option);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** Every value of a long option that may be repeated. */
    public List<String> values(String option) {
        String prefix = option + "=";
        return options().stream()
                .filter(argument -> argument.startsWith(prefix))
                .map(argument -> argument.substring(prefix.length()))
                .toList();
    }

    private boolean hasFlag(String flag) {
        return options().contains(flag);
    }

    /** The arguments before {@code --}. */
    public List<String> options() {
        int end = arguments.indexOf(END_OF_OPTIONS);
        return end < 0 ? arguments : arguments.subList(0, end);
    }

    /** The options that are none: words that belong to the command. */
    public List<String> positionals() {
        return options().stream().filter(argument -> !argument.startsWith("-")).toList();
    }

    /** The arguments after {@code --}. */
    public List<String> afterOptions() {
        int end = arguments.indexOf(END_OF_OPTIONS);
        return end < 0 ? List.of() : arguments.subList(end + 1, arguments.size());
    }
}
