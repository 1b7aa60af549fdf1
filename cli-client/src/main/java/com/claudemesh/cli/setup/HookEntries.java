package com.claudemesh.cli.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The hooks of settings.json by which Claude Code tells whether it is working. */
public final class HookEntries {
    private static final Pattern OURS = Pattern.compile("claudemesh(\\.jar)?'? hook (idle|working|dnd)");
    private static final Map<String, String> STATUS_OF_EVENT =
            new TreeMap<>(Map.of("Stop", "idle", "UserPromptSubmit", "working"));

    private HookEntries() {}

    /** Whether every event has its hook. */
    public static boolean areRegistered(ObjectNode settings) {
        return STATUS_OF_EVENT.keySet().stream()
                .allMatch(event -> hasOurs(settings.path("hooks").path(event)));
    }

    /** Appends the missing hooks; existing ones stay as they are. */
    static StepOutcome put(ObjectNode settings, OwnCommand command) {
        boolean changed = false;
        for (Map.Entry<String, String> event : STATUS_OF_EVENT.entrySet()) {
            if (!hasOurs(settings.path("hooks").path(event.getKey()))) {
                ArrayNode matchers = settings.withObjectProperty("hooks").withArrayProperty(event.getKey());
                matchers.addObject()
                        .putArray("hooks")
                        .addObject()
                        .put("type", "command")
                        .put("command", command.shellLine("hook", event.getValue()));
                changed = true;
            }
        }
        return changed ? StepOutcome.ADDED : StepOutcome.UNCHANGED;
    }

    /** Removes our hooks of every event, and what they leave empty. */
    static StepOutcome remove(ObjectNode settings) {
        if (!(settings.path("hooks") instanceof ObjectNode events)) {
            return StepOutcome.UNCHANGED;
        }
        boolean changed = false;
        List<String> emptied = new ArrayList<>();
        for (Map.Entry<String, JsonNode> event : events.properties()) {
            if (event.getValue() instanceof ArrayNode matchers && removeOurs(matchers)) {
                changed = true;
                if (matchers.isEmpty()) {
                    emptied.add(event.getKey());
                }
            }
        }
        events.remove(emptied);
        if (changed && events.isEmpty()) {
            settings.remove("hooks");
        }
        return changed ? StepOutcome.REMOVED : StepOutcome.UNCHANGED;
    }

    private static boolean removeOurs(ArrayNode matchers) {
        boolean changed = false;
        for (int i = matchers.size() - 1; i >= 0; i--) {
            if (matchers.get(i).path("hooks") instanceof ArrayNode hooks && removeOurHooks(hooks)) {
                changed = true;
                if (hooks.isEmpty()) {
                    matchers.remove(i);
                }
            }
        }
        return changed;
    }

    private static boolean removeOurHooks(ArrayNode hooks) {
        int before = hooks.size();
        for (int i = hooks.size() - 1; i >= 0; i--) {
            if (isOurs(hooks.get(i))) {
                hooks.remove(i);
            }
        }
        return hooks.size() < before;
    }

    private static boolean hasOurs(JsonNode matchers) {
        for (JsonNode matcher : matchers) {
            for (JsonNode hook : matcher.path("hooks")) {
                if (isOurs(hook)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOurs(JsonNode hook) {
        return OURS.matcher(hook.path("command").asText()).find();
    }
}
