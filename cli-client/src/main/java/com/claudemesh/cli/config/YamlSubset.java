package com.claudemesh.cli.meshbridge;

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
 * The part of YAML 1.2 that configuration files need: mappings within mappings by indentation, texts plain or quoted, whole
 * numbers, lists in brackets or as {@code - item} lines, comments. Everything else is refused, never guessed.
 */
final class YamlSubset {
    static final int MAX_DEPTH = 8;

    private static final Pattern ENTRY = Pattern.compile("([A-Za-z_][A-Za-z0-9_-]*)\\s*:(?:\\s+(.*))?");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}");
    private static final Pattern DOUBLE_QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\[\"\\\\nt])*)\"\\s*(?:#.*)?");
    private static final Pattern SINGLE_QUOTED = Pattern.compile("'((?:[^']|'')*)'\\s*(?:#.*)?");

    private final List<Row> rows;
    private int next;

    private record Row(int number, int indent, String text) {}

    private YamlSubset(List<Row> rows) {
        this.rows = rows;
    }

    /** @throws CliException exit code 3 naming the line that is not understood */
    static ObjectNode parse(String text) {
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
            if (content.isEmpty() || content.startsWith("#") || i == 0 && content.equals("---")) {
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
        boolean list = next < rows.size()
                && rows.get(next).indent() >= indent
                && rows.get(next).text().startsWith("- ");
        if (list) {
            return list(rows.get(next).indent());
        }
        if (next == rows.size() || rows.get(next).indent() <= indent) {
            return TextNode.valueOf("");
        }
        if (depth > MAX_DEPTH) {
            throw unclear(parent, "is nested too deeply");
        }
        ObjectNode inner = Output.object();
        mapping(inner, rows.get(next).indent(), depth);
        return inner;
    }

    private ArrayNode list(int indent) {
        ArrayNode list = Output.array();
        while (next < rows.size()
                && rows.get(next).indent() == indent
                && rows.get(next).text().startsWith("- ")) {
            Row row = rows.get(next++);
            list.add(scalar(row, row.text().substring(2).strip()));
        }
        return list;
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
            return inlineList(row, withoutComment(value));
        }
        if ("\"'&*!|>{%@`".indexOf(value.charAt(0)) >= 0) {
            throw unclear(row, "uses a part of YAML that is not understood here; put the text into double quotes");
        }
        String plain = withoutComment(value);
        return NUMBER.matcher(plain).matches() ? IntNode.valueOf(Integer.parseInt(plain)) : TextNode.valueOf(plain);
    }

    private static ArrayNode inlineList(Row row, String value) {
        if (!value.endsWith("]")) {
            throw unclear(row, "begins a list that does not end on it");
        }
        ArrayNode list = Output.array();
        for (String item : value.substring(1, value.length() - 1).split(",")) {
            if (!item.isBlank()) {
                list.add(scalar(row, item.strip()));
            }
        }
        return list;
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
