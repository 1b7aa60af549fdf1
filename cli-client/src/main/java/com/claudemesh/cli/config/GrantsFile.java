package com.claudemesh.cli.config;

import com.claudemesh.cli.output.PrettyJson;
import com.claudemesh.protocol.encoding.JsonReader;
import com.claudemesh.protocol.frame.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the member lets others do in each mesh, as the server last said it. The server decides; this is a copy for looking
 * it up without asking. A cache: an unreadable file is as good as an empty one.
 */
public final class GrantsFile {
    private final Path file;

    public GrantsFile(Path file) {
        this.file = file;
    }

    /** By member key; who is missing has the defaults, and everybody is when nobody has asked the server yet. */
    public Map<String, List<Grant>> of(String slug) {
        Map<String, List<Grant>> grants = new LinkedHashMap<>();
        load().path(slug)
                .fields()
                .forEachRemaining(entry -> grants.put(entry.getKey(), capabilities(entry.getValue())));
        return grants;
    }

    /** Replaces what is known of the mesh. */
    public void store(String slug, Map<String, List<Grant>> grants) {
        FileGuard.holding(file.resolveSibling(".grants.lock"), () -> {
            ObjectNode root = load();
            ObjectNode mesh = root.putObject(slug);
            grants.forEach((key, capabilities) -> {
                ArrayNode names = mesh.putArray(key);
                capabilities.forEach(capability -> names.add(capability.wire()));
            });
            PrivateFiles.replace(file, PrettyJson.text(root) + "\n");
            return root;
        });
    }

    private static List<Grant> capabilities(JsonNode names) {
        return Stream.of(Grant.values())
                .filter(grant -> contains(names, grant.wire()))
                .toList();
    }

    private static boolean contains(JsonNode names, String wanted) {
        for (JsonNode name : names) {
            if (wanted.equals(name.textValue())) {
                return true;
            }
        }
        return false;
    }

    private ObjectNode load() {
        return PrivateFiles.read(file)
                .flatMap(JsonReader::read)
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }
}
