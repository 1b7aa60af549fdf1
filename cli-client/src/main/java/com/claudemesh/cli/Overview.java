package com.claudemesh.cli;

import com.claudemesh.cli.grammar.Verb;
import java.util.stream.Collectors;

/** The text of {@code claudemesh --help}. */
final class Overview {
    private static final String NAME_COLUMN = "  %-20s %s%n";

    private Overview() {}

    static String text() {
        String verbs = Verbs.forPeople().stream().map(Overview::line).collect(Collectors.joining());
        return """
                %s — peers for AI coding sessions

                  claudemesh <invitation link>   join and start Claude Code
                  claudemesh                     start Claude Code in a joined mesh
                  claudemesh <verb> --help       options of a verb

                %s
                  --json[=fields], --mesh <slug>, -q, -y, --no-color work with every verb that can use them.
                  Exit codes: 0 done, 1 cancelled, 2 not authenticated, 3 wrong arguments, 4 network, 5 not found,
                  6 exists already, 7 not permitted, 8 internal error, 9 claude missing, 10 local files.
                """.formatted(Version.line(), verbs);
    }

    private static String line(Verb verb) {
        return NAME_COLUMN.formatted(verb.name(), verb.summary());
    }
}
