package com.claudemesh.cli.config;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of YAML 1.2 that our files are written in: mappings within mappings by indentation, texts plain or quoted, whole
 * numbers, lists of texts in brackets, lists of texts or mappings as lines with a dash, comments. Everything else is refused,
 * never guessed; but {@code *} and {@code @} may begin a plain text, as people write them.
 */
public final class YamlSubset {
    /** Mappings and lists within each other. */
    static final int MAX_DEPTH = 8;

    private static final Pattern ENTRY = Pattern.compile("([A-Za-z_][A-Za-z0-9_-]*)\\s*:(?:\\s+(.*))?");
    private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,8}");
    private static final Pattern DOUBLE_QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\[\"\\\\nt])*)\"\\s*(?:#.*)?");
    private static final Pattern SINGLE_QUOTED = Pattern.compile("'((?:[^']|'')*)'\\s*(?:#.*)?");

    private final List<Row> rows;
    private int next;

    private record Row(int number, int indent, String text) {
        boolean isItem() {
            return text.equals("-") || text.startsWith("- ");
        }
    }

    private YamlSubset(List<Row> rows) {
        this.rows = rows;
    }

    /**
     * A document, which is a mapping.
     *
     * @throws CliException exit code 3 naming the line that is not understood
     */
    public static ObjectNode parse(String text) {
        YamlSubset parser = new YamlSubset(rows(text));
        ObjectNode document = Output.object();
        if (!parser.rows.isEmpty()) {
            parser.mapping(document, parser.rows.get(0).indent(), 0);
        }
        if (parser.next < parser.rows.size()) {
            throw unclear(parser.rows.get(parser.next), "is indented like no line before it");
        }
        return document;
    }

    private static List<Row> rows(String text) {
        List<Row> rows = new ArrayList<>();
        String[] lines = text.split("\r?\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            String content = line.strip();
            if (content.isEmpty() || content.startsWith("#") || rows.isEmpty() && content.equals("---")) {
                continue;
            }
            Row row = new Row(i + 1, line.indexOf(content), content);
            if (line.substring(0, row.indent()).indexOf('\t') >= 0) {
                throw unclear(row, "is indented with a tab");
            }
            rows.add(row);
        }
        return rows;
    }

    private void mapping(ObjectNode into, int indent, int depth) {
        while (next < rows.size() && rows.get(next).indent() == indent) {
            Row row = rows.get(next);
            Matcher entry = ENTRY.matcher(row.text());
            if (!entry.matches()) {
                throw unclear(row, "is no \"key: value\"");
            }
            if (into.has(entry.group(1))) {
                throw unclear(row, "repeats " + entry.group(1));
            }
            next++;
            String value = entry.group(2) == null ? "" : entry.group(2);
            into.set(
                    entry.group(1),
                    value.isEmpty() || value.startsWith("#") ? nested(row, indent, depth + 1) : scalar(row, value));
        }
    }

    private JsonNode nested(Row parent, int indent, int depth) {
        if (next < rows.size()
                && rows.get(next).indent() >= indent
                && rows.get(next).isItem()) {
            return list(parent, rows.get(next).indent(), depth);
        }
        return next == rows.size() || rows.get(next).indent() <= indent
                ? TextNode.valueOf("")
                : inner(parent, rows.get(next).indent(), depth);
    }

    private ObjectNode inner(Row parent, int indent, int depth) {
        if (depth > MAX_DEPTH) {
            throw unclear(parent, "is nested too deeply");
        }
        ObjectNode inner = Output.object();
        mapping(inner, indent, depth);
        return inner;
    }

    private ArrayNode list(Row parent, int indent, int depth) {
        if (depth > MAX_DEPTH) {
            throw unclear(parent, "is nested too deeply");
        }
        ArrayNode list = Output.array();
        while (next < rows.size()
                && rows.get(next).indent() == indent
                && rows.get(next).isItem()) {
            list.add(item(rows.get(next), depth + 1));
        }
        return list;
    }

    /** A text, or a mapping whose first entry may be behind the dash. */
    private JsonNode item(Row row, int depth) {
        String content = row.text().substring(1).strip();
        if (content.isEmpty() || content.startsWith("#")) {
            next++;
            return nested(row, row.indent(), depth);
        }
        if (!ENTRY.matcher(content).matches()) {
            next++;
            return scalar(row, content);
        }
        int indent = row.indent() + row.text().indexOf(content, 1);
        rows.set(next, new Row(row.number(), indent, content));
        return inner(row, indent, depth);
    }

    private static JsonNode scalar(Row row, String value) {
        Matcher quoted = DOUBLE_QUOTED.matcher(value);
        if (quoted.matches()) {
            return TextNode.valueOf(unescape(quoted.group(1)));
        }
        Matcher single = SINGLE_QUOTED.matcher(value);
        if (single.matches()) {
            return TextNode.valueOf(single.group(1).replace("''", "'"));
        }
        if (value.startsWith("[")) {
            return inlineList(row, value);
        }
        if ("\"'&!|>{%`".indexOf(value.charAt(0)) >= 0) {
            throw unclear(row, "uses a part of YAML that is not understood here; put the text into double quotes");
        }
        String plain = withoutComment(value);
        return NUMBER.matcher(plain).matches() ? IntNode.valueOf(Integer.parseInt(plain)) : TextNode.valueOf(plain);
    }

    private static ArrayNode inlineList(Row row, String value) {
        ArrayNode list = Output.array();
        int start = 1;
        char quote = 0;
        for (int i = 1; i < value.length(); i++) {
            char next = value.charAt(i);
            if (quote != 0) {
                quote = next == quote ? 0 : quote;
            } else if (next == ',' || next == ']') {
                String item = value.substring(start, i).strip();
                if (!item.isEmpty()) {
                    list.add(scalar(row, item));
                }
                start = i + 1;
                if (next == ']') {
                    requireNothing(row, value.substring(start));
                    return list;
                }
            } else if ((next == '"' || next == '\'')
                    && value.substring(start, i).isBlank()) {
                quote = next;
            }
        }
        throw unclear(row, "begins a list that does not end on it");
    }

    private static void requireNothing(Row row, String behind) {
        if (!behind.isBlank() && !behind.startsWith(" #")) {
            throw unclear(row, "goes on behind its list");
        }
    }

    /** A # begins a comment only behind a space. */
    private static String withoutComment(String value) {
        int comment = value.indexOf(" #");
        return comment < 0 ? value : value.substring(0, comment).strip();
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == '\\') {
                char escaped = text.charAt(++i);
                plain.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
            } else {
                plain.append(next);
            }
        }
        return plain.toString();
    }

    private static CliException unclear(Row row, String problem) {
        return CliException.invalid("line " + row.number() + " " + problem + ": " + Output.safe(row.text()));
    }
}
