package com.claudemesh.cli.output;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.Host;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The one formatter of all verbs. In JSON mode standard output carries one document and nothing else; texts that are
 * not data then go nowhere. Text that came from the network is stripped of control characters before it is shown.
 */
public final class Output {
    public static final String SCHEMA_VERSION = "1.0";

    private final PrintStream out;
    private final PrintStream err;
    private final Palette palette;
    private final Palette errorPalette;
    private final OutputMode mode;

    public Output(Host host, OutputMode mode) {
        this.out = host.out();
        this.err = host.err();
        this.mode = mode;
        boolean colours = !mode.noColor()
                && host.variable("NO_COLOR").isEmpty()
                && !"dumb".equals(host.environment().get("TERM"));
        boolean forced = host.variable("FORCE_COLOR").isPresent();
        this.palette = colours && (host.terminal().out() || forced) ? Palette.ANSI : Palette.PLAIN;
        this.errorPalette = colours && (host.terminal().err() || forced) ? Palette.ANSI : Palette.PLAIN;
    }

    public boolean json() {
        return mode.json();
    }

    public Palette palette() {
        return palette;
    }

    public void ok(String message) {
        ok(message, "");
    }

    public void ok(String message, String detail) {
        text("  " + palette.green("✔") + " " + message
                + (detail.isEmpty() ? "" : " " + palette.dim("(" + detail + ")")));
    }

    public void section(String title) {
        text("");
        text("  " + palette.dim("—") + " " + palette.clay(title));
        text("");
    }

    /** Rows with their values in one column. */
    public void pairs(Map<String, String> rows) {
        int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        rows.forEach((key, value) -> text("  " + palette.dim(key + " ".repeat(width - key.length())) + value));
    }

    public void hint(String message) {
        text("  " + palette.dim("→ " + message));
    }

    /** One line of text, as it is. */
    public void text(String line) {
        if (!mode.json() && !mode.quiet()) {
            out.println(line);
        }
    }

    /** What happens meanwhile: on standard error, also in JSON mode. */
    public void progress(String line) {
        if (!mode.quiet()) {
            err.println(line.isEmpty() ? "" : "  " + line);
        }
    }

    /** Drawn around a text that must not be overlooked; as {@link #progress}. */
    public void progressBox(String text) {
        String edge = "─".repeat(text.length() + 4);
        progress("┌" + edge + "┐");
        progress("│  " + errorPalette.bold(text) + "  │");
        progress("└" + edge + "┘");
    }

    /** On standard error, also in JSON mode. */
    public void warn(String message, String hint) {
        err.println("  " + errorPalette.yellow("⚠") + " " + message);
        if (!hint.isEmpty()) {
            err.println("    " + errorPalette.dim(hint));
        }
    }

    /** The failure of a verb: a line of JSON on standard output, or text on standard error. */
    public void failure(CliException failure) {
        if (mode.json()) {
            ObjectNode error = JsonNodeFactory.instance.objectNode();
            error.put("ok", false)
                    .put("error", failure.token())
                    .put("message", failure.getMessage())
                    .put("code", failure.exitCode());
            acknowledge(error);
            return;
        }
        err.println("  " + errorPalette.red("✘") + " " + failure.getMessage());
        if (!failure.hint().isEmpty()) {
            err.println("    " + errorPalette.dim("→ " + failure.hint()));
        }
    }

    /** A document of several lines; nothing in text mode. Objects get the schema version as their first key. */
    public void document(JsonNode value) {
        if (mode.json()) {
            out.println(PrettyJson.text(value instanceof ObjectNode object ? versioned(object) : value));
        }
    }

    /** The record, or each record of the array, reduced to the fields that were asked for. */
    public JsonNode project(JsonNode records) {
        return mode.projection().apply(records);
    }

    /** A document of one line; nothing in text mode. */
    public void acknowledge(ObjectNode value) {
        if (mode.json()) {
            out.println(versioned(value));
        }
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** Rows in the order of adding. */
    public static Map<String, String> rows() {
        return new LinkedHashMap<>();
    }

    /** Foreign text made safe for a terminal: one line, without control characters. */
    public static String safe(String foreign) {
        return foreign.replaceAll("[\\p{Cntrl}\\u202a-\\u202e\\u2066-\\u2069]", " ");
    }

    private static ObjectNode versioned(ObjectNode value) {
        ObjectNode complete = object().put("schema_version", SCHEMA_VERSION);
        complete.setAll(value);
        return complete;
    }
}
