package com.claudemesh.cli.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The entry of {@code mcpServers} by which Claude Code starts the MCP server. */
public final class McpEntry {
    static final String NAME = "claudemesh";
    private static final String SERVERS = "mcpServers";

    private McpEntry() {}

    /** Whether an entry with a command is there. */
    public static boolean isRegistered(ObjectNode state) {
        return state.path(SERVERS).path(NAME).path("command").isTextual();
    }

    /** Adds or corrects the entry; other members of it, such as its environment, stay. */
    static StepOutcome put(ObjectNode state, OwnCommand command) {
        ArrayNode arguments = JsonNodeFactory.instance.arrayNode();
        command.arguments("mcp").forEach(arguments::add);
        JsonNode before = state.path(SERVERS).path(NAME);
        if (before.path("command").asText().equals(command.program())
                && before.path("args").equals(arguments)) {
            return StepOutcome.UNCHANGED;
        }
        ObjectNode servers = state.withObjectProperty(SERVERS);
        servers.withObjectProperty(NAME).put("command", command.program()).set("args", arguments);
        return before.isMissingNode() ? StepOutcome.ADDED : StepOutcome.UPDATED;
    }

    /** Removes the entry and those of single meshes and of services. */
    static StepOutcome remove(ObjectNode state) {
        if (!(state.path(SERVERS) instanceof ObjectNode servers)) {
            return StepOutcome.UNCHANGED;
        }
        List<String> ours = new ArrayList<>();
        servers.fieldNames().forEachRemaining(name -> {
            if (name.equals(NAME) || name.startsWith(NAME + ":") || name.startsWith("mesh:")) {
                ours.add(name);
            }
        });
        servers.remove(ours);
        return ours.isEmpty() ? StepOutcome.UNCHANGED : StepOutcome.REMOVED;
    }
}
