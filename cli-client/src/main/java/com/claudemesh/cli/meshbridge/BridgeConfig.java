package com.claudemesh.cli.meshbridge;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.addressing.MeshSelection;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.YamlSubset;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.encoding.JsonReader;
import com.claudemesh.protocol.frame.InvalidFieldException;
import com.claudemesh.protocol.frame.TopicRole;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a bridge connects.
 *
 * @param maxHops over how many bridges a post may go, 1 to 16
 */
record BridgeConfig(int maxHops, Side a, Side b) {
    static final int DEFAULT_MAX_HOPS = 2;
    static final int MOST_HOPS = 16;
    private static final int MAX_TAGS = 64;

    private static final Set<String> TOP_KEYS = Set.of("max_hops", "a", "b");
    private static final Set<String> SIDE_KEYS = Set.of(
            "mesh",
            "broker_url",
            "mesh_id",
            "member_id",
            "pubkey",
            "secret_key",
            "topic",
            "display_name",
            "role",
            "tags");

    /**
     * One end.
     *
     * @param name {@code a} or {@code b}
     * @param topic name without {@code #}
     * @param tags only posts with one of them, as {@code #tag} in the text, leave this side; empty for all
     */
    record Side(
            String name, Membership membership, String topic, String displayName, TopicRole role, Set<String> tags) {}

    /** @throws CliException exit code 3 naming what is wrong, 5 for a mesh that is not joined */
    static BridgeConfig parse(String text, List<Membership> joined) {
        ObjectNode document = text.stripLeading().startsWith("{")
                ? JsonReader.read(text)
                        .filter(ObjectNode.class::isInstance)
                        .map(ObjectNode.class::cast)
                        .orElseThrow(() -> CliException.invalid("the configuration is no JSON object"))
                : YamlSubset.parse(text);
        refuseUnknown("", document, TOP_KEYS);
        JsonNode hops = document.path("max_hops");
        int maxHops = hops.isMissingNode() ? DEFAULT_MAX_HOPS : hops.asInt(0);
        if (maxHops < 1 || maxHops > MOST_HOPS) {
            throw CliException.invalid("max_hops must be a whole number from 1 to " + MOST_HOPS);
        }
        Side a = side("a", document.path("a"), joined);
        Side b = side("b", document.path("b"), joined);
        if (a.membership().meshId().equals(b.membership().meshId()) && a.topic().equalsIgnoreCase(b.topic())) {
            throw CliException.invalid("a and b are the same topic of the same mesh");
        }
        return new BridgeConfig(maxHops, a, b);
    }

    private static Side side(String name, JsonNode section, List<Membership> joined) {
        if (!(section instanceof ObjectNode side)) {
            throw CliException.invalid("the section " + name + ": is missing", "claudemesh bridge init");
        }
        refuseUnknown(name + ".", side, SIDE_KEYS);
        String topic = required(name, side, "topic");
        return new Side(
                name,
                side.has("mesh") ? joined(name, side, joined) : explicit(name, side),
                topic.startsWith("#") ? topic.substring(1) : topic,
                optional(side, "display_name").orElse("bridge"),
                role(name, side),
                tags(name, side.path("tags")));
    }

    private static Membership joined(String name, ObjectNode side, List<Membership> joined) {
        for (String key : List.of("broker_url", "mesh_id", "member_id", "pubkey", "secret_key")) {
            if (side.has(key)) {
                throw CliException.invalid(name + "." + key + " and " + name + ".mesh exclude each other");
            }
        }
        return new MeshSelection(joined)
                .all(Optional.of(required(name, side, "mesh")))
                .get(0);
    }

    private static Membership explicit(String name, ObjectNode side) {
        Membership made = new Membership(
                required(name, side, "mesh_id"),
                required(name, side, "member_id"),
                name,
                name,
                required(name, side, "pubkey").toLowerCase(Locale.ROOT),
                required(name, side, "secret_key").toLowerCase(Locale.ROOT),
                required(name, side, "broker_url"),
                "",
                null,
                1);
        if (!made.keysWellFormed()) {
            throw CliException.invalid(name + ".pubkey must have 64, " + name + ".secret_key 128 hexadecimal digits");
        }
        return made;
    }

    private static TopicRole role(String name, ObjectNode side) {
        try {
            return TopicRole.fromWire(optional(side, "role").orElse("member"));
        } catch (InvalidFieldException unknown) {
            throw CliException.invalid(name + "." + unknown.getMessage());
        }
    }

    private static Set<String> tags(String name, JsonNode tags) {
        if (!tags.isMissingNode() && (!tags.isArray() || tags.size() > MAX_TAGS)) {
            throw CliException.invalid(name + ".tags must be a list of at most " + MAX_TAGS + " words");
        }
        List<String> words = new ArrayList<>();
        for (JsonNode tag : tags) {
            String word = tag.asText().toLowerCase(Locale.ROOT);
            words.add(word.startsWith("#") ? word.substring(1) : word);
        }
        if (words.stream().anyMatch(word -> !word.matches("[\\p{L}0-9_-]{1,64}"))) {
            throw CliException.invalid(name + ".tags must be words of letters, digits, _ and -");
        }
        return Set.copyOf(words);
    }

    private static String required(String name, ObjectNode side, String key) {
        return optional(side, key)
                .orElseThrow(() -> CliException.invalid(name + "." + key + " is missing", "claudemesh bridge init"));
    }

    private static Optional<String> optional(ObjectNode side, String key) {
        return Optional.ofNullable(side.get(key))
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asText)
                .filter(text -> !text.isBlank());
    }

    private static void refuseUnknown(String prefix, ObjectNode section, Set<String> known) {
        section.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                throw CliException.invalid("unknown setting " + Output.safe(prefix + key), "claudemesh bridge init");
            }
        });
    }
}
