package com.claudemesh.cli.grammar;

import com.claudemesh.cli.Verbs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the command words among flags and makes every flag unambiguous. Only the flags listed here take the next
 * argument as their value; all others stand alone or carry a value after {@code =}. {@code --} ends the options.
 */
public final class ArgumentGrammar {
    private static final Set<String> VALUE_FLAGS = Set.of(
            "--mesh",
            "--name",
            "--priority",
            "--wait",
            "--limit",
            "--cursor",
            "--stale",
            "--role",
            "--groups",
            "--message-mode",
            "--system-prompt",
            "--join",
            "--resume",
            "-r",
            "--to",
            "--reply-to",
            "--output-format",
            "--schema-version",
            "--scope",
            "--service",
            "--tools",
            "--token",
            "--server",
            "--template",
            "--description",
            "--slug",
            "--expires",
            "--uses",
            "--out",
            "--type",
            "--offset",
            "--member",
            "--role-tag",
            "--permission",
            "--before",
            "--cap",
            "--topic",
            "--approval-mode",
            "--policy",
            "--admin-policy",
            "--visibility",
            "--retention",
            "--since",
            "--thread");
    private static final Pattern FIELD_LIST = Pattern.compile("[A-Za-z_][\\w.]*(,[A-Za-z_][\\w.]*)*");
    private static final String END_OF_OPTIONS = "--";
    private static final String JSON = "--json";

    private ArgumentGrammar() {}

    public static Invocation read(List<String> argv) {
        List<String> arguments = new ArrayList<>();
        int next = 0;
        while (next < argv.size() && isOption(argv.get(next))) {
            next = takeOption(argv, next, false, arguments);
        }
        List<String> words = commandWords(argv, next);
        next += words.size();
        boolean projects = Verbs.find(words).map(Verb::projects).orElse(false);
        while (next < argv.size() && !argv.get(next).equals(END_OF_OPTIONS)) {
            next = isOption(argv.get(next))
                    ? takeOption(argv, next, projects, arguments)
                    : takePositional(argv, next, arguments);
        }
        arguments.addAll(argv.subList(next, argv.size()));
        return new Invocation(words, List.copyOf(arguments));
    }

    private static boolean isOption(String argument) {
        return argument.length() > 1 && argument.startsWith("-") && !argument.equals(END_OF_OPTIONS);
    }

    private static int takePositional(List<String> argv, int index, List<String> arguments) {
        arguments.add(argv.get(index));
        return index + 1;
    }

    private static int takeOption(List<String> argv, int index, boolean projects, List<String> arguments) {
        String option = argv.get(index);
        boolean followed = index + 1 < argv.size();
        if (option.equals(JSON)) {
            boolean fields = projects
                    && followed
                    && FIELD_LIST.matcher(argv.get(index + 1)).matches();
            arguments.add(JSON + "=" + (fields ? argv.get(index + 1) : ""));
            return index + (fields ? 2 : 1);
        }
        if (VALUE_FLAGS.contains(option) && followed) {
            boolean isLong = option.startsWith("--");
            arguments.add(isLong ? option + "=" + argv.get(index + 1) : option);
            if (!isLong) {
                arguments.add(argv.get(index + 1));
            }
            return index + 2;
        }
        arguments.add(option);
        return index + 1;
    }

    /** Two words where they name a verb together, or where the first one is only a noun; else one, or none. */
    private static List<String> commandWords(List<String> argv, int index) {
        if (index >= argv.size() || argv.get(index).equals(END_OF_OPTIONS)) {
            return List.of();
        }
        String first = argv.get(index);
        if (index + 1 < argv.size()) {
            String second = argv.get(index + 1);
            boolean pair = Verbs.find(List.of(first, second)).isPresent();
            if (pair || Verbs.isNoun(first) && !isOption(second) && !second.equals(END_OF_OPTIONS)) {
                return List.of(first, second);
            }
        }
        return List.of(first);
    }
}
