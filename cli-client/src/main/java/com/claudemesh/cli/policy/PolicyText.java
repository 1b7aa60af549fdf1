package com.claudemesh.cli.policy;

import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads policies: a small part of YAML ({@code default:}, and {@code rules:} as a list of maps of scalars, with {@code peers}
 * as a list, and comments), or JSON when the text begins with a brace.
 */
final class PolicyText {
    private static final int MAX_RULES = 1_000;

    private PolicyText() {}

    /** The text is no policy. */
    static final class MalformedException extends Exception {
        MalformedException(String problem) {
            super(problem);
        }
    }

    /** An entry of the list as it was written. */
    static final class Entry {
        final Map<String, String> fields = new HashMap<>();
        final List<String> peers = new ArrayList<>();
    }

    /** A rule without resource, verb or decision is left out, with a warning; anything else that is wrong refuses the text. */
    static Policy parse(String text) throws MalformedException {
        return text.stripLeading().startsWith("{") ? json(text) : PolicyYaml.parse(text);
    }

    private static Policy json(String text) throws MalformedException {
        JsonNode root = JsonReader.read(text).orElseThrow(() -> new MalformedException("it is not JSON"));
        if (root.has("rules") && !root.path("rules").isArray()) {
            throw new MalformedException("rules must be a list");
        }
        List<Entry> entries = new ArrayList<>();
        for (JsonNode rule : root.path("rules")) {
            Entry entry = new Entry();
            for (Map.Entry<String, JsonNode> field : rule.properties()) {
                if (field.getKey().equals("peers")) {
                    field.getValue().forEach(peer -> entry.peers.add(peer.asText()));
                } else {
                    entry.fields.put(field.getKey(), field.getValue().asText());
                }
            }
            entries.add(entry);
        }
        return policy(root.path("default").asText("allow"), entries);
    }

    static Policy policy(String fallback, List<Entry> entries) throws MalformedException {
        if (entries.size() > MAX_RULES) {
            throw new MalformedException("there are more than " + MAX_RULES + " rules");
        }
        List<PolicyRule> rules = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Map<String, String> fields = entries.get(i).fields;
            if (fields.containsKey("resource") && fields.containsKey("verb") && fields.containsKey("decision")) {
                rules.add(rule(fields, entries.get(i).peers));
            } else {
                warnings.add("rule " + (i + 1) + " has no resource, verb or decision and is left out");
            }
        }
        return new Policy(decision("default", fallback), rules, warnings);
    }

    private static PolicyRule rule(Map<String, String> fields, List<String> peers) throws MalformedException {
        return new PolicyRule(
                fields.get("resource"),
                fields.get("verb"),
                decision("decision", fields.get("decision")),
                fields.get("mesh"),
                peers,
                fields.get("reason"));
    }

    private static Decision decision(String field, String text) throws MalformedException {
        return Decision.fromWire(text)
                .orElseThrow(() -> new MalformedException(field + " must be allow, prompt or deny"));
    }
}
