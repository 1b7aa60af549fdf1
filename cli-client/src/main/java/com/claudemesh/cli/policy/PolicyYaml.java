package com.claudemesh.cli.policy;

import com.claudemesh.cli.policy.PolicyText.Entry;
import com.claudemesh.cli.policy.PolicyText.MalformedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of YAML that policies are written in, read line by line. */
final class PolicyYaml {
    private String fallback = "allow";
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable Entry entry;
    private boolean inRules;
    private boolean inPeers;
    private int entryIndent;

    private PolicyYaml() {}

    static Policy parse(String text) throws MalformedException {
        PolicyYaml yaml = new PolicyYaml();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String bare = withoutComment(line).stripTrailing();
            if (!bare.isBlank() && !bare.equals("---")) {
                yaml.read(bare, number);
            }
        }
        return PolicyText.policy(yaml.fallback, yaml.entries);
    }

    private void read(String line, int number) throws MalformedException {
        String content = line.stripLeading();
        int indent = line.length() - content.length();
        if (line.substring(0, indent).indexOf('\t') >= 0) {
            throw wrong(number, "tabs cannot indent");
        }
        boolean item = content.startsWith("- ") || content.equals("-");
        if (indent == 0 && !item) {
            top(content, number);
        } else if (!inRules) {
            throw wrong(number, "this belongs to nothing");
        } else if (item && inPeers && indent > entryIndent) {
            current(number).peers.add(scalar(content.substring(1).strip(), number));
        } else if (item) {
            entry = new Entry();
            entries.add(entry);
            entryIndent = indent;
            inPeers = false;
            String rest = content.substring(1).strip();
            if (!rest.isEmpty()) {
                field(rest, number);
            }
        } else {
            field(content, number);
        }
    }

    private void top(String content, int number) throws MalformedException {
        int colon = colon(content, number);
        String value = content.substring(colon + 1).strip();
        switch (content.substring(0, colon)) {
            case "default" -> fallback = scalar(value, number);
            case "rules" -> {
                if (!value.isEmpty() && !value.equals("[]")) {
                    throw wrong(number, "rules are written one below the other");
                }
                inRules = value.isEmpty();
            }
            default -> throw wrong(number, "only default and rules are known here");
        }
    }

    private void field(String content, int number) throws MalformedException {
        int colon = colon(content, number);
        String name = content.substring(0, colon).strip();
        String value = content.substring(colon + 1).strip();
        inPeers = false;
        if (!name.equals("peers")) {
            current(number).fields.put(name, scalar(value, number));
        } else if (value.isEmpty()) {
            inPeers = true;
        } else {
            current(number).peers.addAll(list(value, number));
        }
    }

    private Entry current(int number) throws MalformedException {
        if (entry == null) {
            throw wrong(number, "this belongs to no rule");
        }
        return entry;
    }

    private static int colon(String content, int number) throws MalformedException {
        int colon = content.indexOf(':');
        if (colon <= 0 || colon + 1 < content.length() && content.charAt(colon + 1) != ' ') {
            throw wrong(number, "there must be a name, a colon and a space");
        }
        return colon;
    }

    private static List<String> list(String value, int number) throws MalformedException {
        if (!value.startsWith("[") || !value.endsWith("]")) {
            throw wrong(number, "peers must be a list");
        }
        List<String> items = new ArrayList<>();
        int start = 1;
        char quote = 0;
        for (int i = 1; i < value.length(); i++) {
            char next = value.charAt(i);
            boolean ends = quote == 0 && (next == ',' || i == value.length() - 1);
            if (ends) {
                String item = value.substring(start, i).strip();
                if (!item.isEmpty()) {
                    items.add(scalar(item, number));
                }
                start = i + 1;
            } else {
                quote = quoteAfter(quote, next);
            }
        }
        return items;
    }

    /** The quote that is open behind the character; 0 for none. */
    private static char quoteAfter(char open, char next) {
        if (open != 0) {
            return next == open ? 0 : open;
        }
        return next == '"' || next == '\'' ? next : 0;
    }

    private static String scalar(String value, int number) throws MalformedException {
        char first = value.isEmpty() ? 0 : value.charAt(0);
        if (first == '"' || first == '\'') {
            if (value.length() < 2 || value.charAt(value.length() - 1) != first) {
                throw wrong(number, "a quote is not closed");
            }
            return value.substring(1, value.length() - 1);
        }
        if (first == '{' || first == '[' || first == '|' || first == '>' || first == '&' || first == '!') {
            throw wrong(number, "only plain and quoted texts are known here");
        }
        return value;
    }

    /** A comment begins with a number sign at the beginning or after a space, outside quotes. */
    private static String withoutComment(String line) {
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char next = line.charAt(i);
            if (quote == 0 && next == '#' && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
                return line.substring(0, i);
            }
            // An apostrophe within a word is no quote.
            boolean opens = i == 0 || " [,:-".indexOf(line.charAt(i - 1)) >= 0;
            if (quote != 0 || opens) {
                quote = quoteAfter(quote, next);
            }
        }
        return line;
    }

    private static MalformedException wrong(int number, String problem) {
        return new MalformedException("line " + number + ": " + problem);
    }
}
