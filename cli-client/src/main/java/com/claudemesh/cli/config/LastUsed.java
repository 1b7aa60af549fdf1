package com.claudemesh.cli.config;

import com.claudemesh.cli.output.PrettyJson;
import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The mesh that was launched or joined last: last-used.json. */
public final class LastUsed {
    private final Path file;

    public LastUsed(Path file) {
        this.file = file;
    }

    /** Its slug; empty when there is none or the file is unreadable. The mesh may have been left since. */
    public Optional<String> slug() {
        return PrivateFiles.read(file)
                .flatMap(JsonReader::read)
                .map(root -> root.path("meshSlug").textValue());
    }

    public void store(String slug, String displayName, Optional<String> role, Instant now) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("meshSlug", slug).put("displayName", displayName);
        role.ifPresent(value -> root.put("role", value));
        root.put("timestamp", now.toString());
        PrivateFiles.replace(file, PrettyJson.text(root) + "\n");
    }
}
