package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.encoding.EcmaNumber;
import com.claudemesh.protocol.encoding.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * One text for one JSON value: compact, members sorted, strings and numbers as ECMAScript writes them (RFC 8785).
 *
 * <p>Two orders of member names exist in the protocol; both sort by UTF-16 code units, the request form puts
 * array-index-like names first.
 */
public final class CanonicalJson {

    private static final long MAX_ARRAY_INDEX = 4_294_967_294L;
    private static final int MAX_ARRAY_INDEX_DIGITS = 10;

    private static final Comparator<String> INDEX_NAMES_FIRST = Comparator.<String, Boolean>comparing(
                    name -> !isArrayIndex(name))
            .thenComparingLong(name -> isArrayIndex(name) ? Long.parseLong(name) : 0)
            .thenComparing(Comparator.naturalOrder());

    private CanonicalJson() {}

    /**
     * The form that the audit chain hashes (RFC 8785).
     *
     * @throws IllegalArgumentException if the tree holds a node that has no JSON text (binary or object nodes)
     */
    public static String text(JsonNode value) {
        return write(value, Comparator.naturalOrder());
    }

    /**
     * The form that request fingerprints hash: array-index-like names first, in ascending numeric order.
     *
     * @throws IllegalArgumentException as {@link #text}
     */
    public static String requestText(JsonNode value) {
        return write(value, INDEX_NAMES_FIRST);
    }

    private static String write(JsonNode value, Comparator<String> order) {
        StringBuilder out = new StringBuilder();
        append(out, value, order);
        return out.toString();
    }

    private static void append(StringBuilder out, JsonNode value, Comparator<String> order) {
        switch (value.getNodeType()) {
            case NULL -> out.append("null");
            case BOOLEAN -> out.append(value.booleanValue());
            case NUMBER -> appendNumber(out, value.doubleValue());
            case STRING -> JsonText.appendQuoted(out, value.textValue());
            case ARRAY -> appendArray(out, value, order);
            case OBJECT -> appendObject(out, value, order);
            default -> throw new IllegalArgumentException("a " + value.getNodeType() + " node has no JSON text");
        }
    }

    private static void appendNumber(StringBuilder out, double number) {
        out.append(Double.isFinite(number) ? EcmaNumber.text(number) : "null");
    }

    private static void appendArray(StringBuilder out, JsonNode array, Comparator<String> order) {
        out.append('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            append(out, array.get(i), order);
        }
        out.append(']');
    }

    private static void appendObject(StringBuilder out, JsonNode object, Comparator<String> order) {
        List<String> names = new ArrayList<>();
        for (Iterator<String> fields = object.fieldNames(); fields.hasNext(); ) {
            String name = fields.next();
            if (!object.get(name).isMissingNode()) {
                names.add(name);
            }
        }
        names.sort(order);
        out.append('{');
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            JsonText.appendQuoted(out, names.get(i));
            out.append(':');
            append(out, object.get(names.get(i)), order);
        }
        out.append('}');
    }

    /** ECMA-262 array index: a decimal without leading zeros up to 2^32 - 2. */
    private static boolean isArrayIndex(String name) {
        if (name.isEmpty() || name.length() > MAX_ARRAY_INDEX_DIGITS || (name.charAt(0) == '0' && name.length() > 1)) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return false;
            }
        }
        return Long.parseLong(name) <= MAX_ARRAY_INDEX;
    }
}
