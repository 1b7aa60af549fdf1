package com.claudemesh.cli.policy;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.config.YamlSubset;
import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads policies: {@code default}, and {@code rules} as a list of maps of texts, with {@code peers} as a list. In the part of
 * YAML that {@link YamlSubset} knows, or JSON when the text begins with a brace.
 */
final class PolicyText {
    private static final int MAX_RULES = 1_000;
    private static final Set<String> KNOWN = Set.of("default", "rules");

    private PolicyText() {}

    /** The text is no policy. */
    static final class MalformedException extends Exception {
        MalformedException(String problem) {
            super(problem);
        }
    }

    /** An entry of the list as it was written. */
    private static final class Entry {
        final Map<String, String> fields = new HashMap<>();
        final List<String> peers = new ArrayList<>();
    }

    /** A rule without resource, verb or decision is left out, with a warning; anything else that is wrong refuses the text. */
    static Policy parse(String text) throws MalformedException {
        JsonNode root = text.stripLeading().startsWith("{")
                ? JsonReader.read(text).orElseThrow(() -> new MalformedException("it is not JSON"))
                : yaml(text);
        List<Entry> entries = new ArrayList<>();
        for (JsonNode rule : rules(root.path("rules"))) {
            entries.add(entry(rule));
        }
        return policy(root.path("default").asText("allow"), entries);
    }

    private static JsonNode yaml(String text) throws MalformedException {
        JsonNode root;
        try {
            root = YamlSubset.parse(text);
        } catch (CliException unclear) {
            throw new MalformedException(String.valueOf(unclear.getMessage()));
        }
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (!KNOWN.contains(field.getKey())) {
                throw new MalformedException("only default and rules are known here, not " + field.getKey());
            }
        }
        return root;
    }

    private static JsonNode rules(JsonNode rules) throws MalformedException {
        boolean none =
                rules.isMissingNode() || rules.isTextual() && rules.asText().isEmpty();
        if (!none && !rules.isArray()) {
            throw new MalformedException("rules must be a list");
        }
        return rules;
    }

    private static Entry entry(JsonNode rule) throws MalformedException {
        if (!rule.isObject()) {
            throw new MalformedException("a rule must have names and values, not just a text");
        }
        Entry entry = new Entry();
        for (Map.Entry<String, JsonNode> field : rule.properties()) {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                continue;
            }
            boolean peers = field.getKey().equals("peers");
            if (peers != value.isArray() || value.isObject()) {
                throw new MalformedException(field.getKey() + " must be a " + (peers ? "list" : "text"));
            }
            if (peers) {
                value.forEach(peer -> entry.peers.add(peer.asText()));
            } else {
                entry.fields.put(field.getKey(), value.asText());
            }
        }
        return entry;
    }

    private static Policy policy(String fallback, List<Entry> entries) throws MalformedException {
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
