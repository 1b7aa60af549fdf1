package com.claudemesh.cli.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The status line of settings.json. One that belongs to somebody else is left alone. */
final class StatusLineEntry {
    private static final String FIELD = "statusLine";
    private static final String VERB = "status-line";

    private StatusLineEntry() {}

    static StepOutcome put(ObjectNode settings, OwnCommand command) {
        JsonNode before = settings.path(FIELD);
        if (!before.isMissingNode()) {
            return isOurs(before) ? StepOutcome.UNCHANGED : StepOutcome.SKIPPED;
        }
        settings.putObject(FIELD).put("type", "command").put("command", command.shellLine(VERB));
        return StepOutcome.ADDED;
    }

    static StepOutcome remove(ObjectNode settings) {
        if (!isOurs(settings.path(FIELD))) {
            return StepOutcome.UNCHANGED;
        }
        settings.remove(FIELD);
        return StepOutcome.REMOVED;
    }

    private static boolean isOurs(JsonNode statusLine) {
        String command = statusLine.path("command").asText();
        return command.contains("claudemesh") && command.endsWith(" " + VERB);
    }
}
