package com.claudemesh.cli.mesh;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a new mesh can be made from. The server seeds it; this is for choosing one. */
enum MeshTemplate {
    DEV_TEAM(
            "dev-team",
            "Dev Team",
            groups("eng", "lead,member", "qa", "lead,member"),
            state("sprint", "current sprint name", "board_url", "task board URL"),
            List.of("dev", "qa", "lead", "devops"),
            "part of a software team"),
    RESEARCH(
            "research",
            "Research",
            groups("analysis", "lead,analyst"),
            state("topic", "research topic", "deadline", "due date"),
            List.of("researcher", "analyst", "reviewer"),
            "part of a research team"),
    OPS_INCIDENT(
            "ops-incident",
            "Ops Incident",
            groups("oncall", "ic,observer"),
            state("severity", "incident severity", "status", "current status"),
            List.of("ic", "oncall", "observer", "comms"),
            "incident response team"),
    SIMULATION(
            "simulation",
            "Simulation",
            groups("actors", "agent,observer"),
            state("scenario", "simulation scenario", "turn", "current turn"),
            List.of("agent", "observer", "narrator"),
            "agent in a simulation"),
    PERSONAL(
            "personal",
            "Personal",
            groups(),
            state("focus", "current focus"),
            List.of("assistant", "researcher"),
            "personal assistant");

    private final String key;
    private final String title;
    private final Map<String, List<String>> groups;
    private final Map<String, String> state;
    private final List<String> roles;
    private final String hint;

    MeshTemplate(
            String key,
            String title,
            Map<String, List<String>> groups,
            Map<String, String> state,
            List<String> roles,
            String hint) {
        this.key = key;
        this.title = title;
        this.groups = groups;
        this.state = state;
        this.roles = roles;
        this.hint = hint;
    }

    /** @throws CliException exit code 3, with the list, when there is no such template */
    static String require(String key) {
        return Stream.of(values())
                .filter(template -> template.key.equals(key))
                .findFirst()
                .map(template -> template.key)
                .orElseThrow(() -> CliException.invalid(
                        "there is no template \"" + Output.safe(key) + "\"",
                        "templates: "
                                + Stream.of(values())
                                        .map(template -> template.key)
                                        .collect(Collectors.joining(", "))));
    }

    static ArrayNode json() {
        ArrayNode all = Output.array();
        for (MeshTemplate template : values()) {
            ObjectNode record = all.addObject()
                    .put("template", template.key)
                    .put("name", template.title)
                    .put("description", template.hint);
            ArrayNode groupRecords = record.putArray("groups");
            template.groups.forEach((name, groupRoles) -> {
                ArrayNode names = groupRecords.addObject().put("name", name).putArray("roles");
                groupRoles.forEach(names::add);
            });
            ObjectNode keys = record.putObject("state");
            template.state.forEach(keys::put);
            ArrayNode names = record.putArray("roles");
            template.roles.forEach(names::add);
        }
        return all;
    }

    static void show(Output output) {
        for (MeshTemplate template : values()) {
            output.section(template.key + " — " + template.hint);
            Map<String, String> rows = Output.rows();
            String groupNames = template.groups.entrySet().stream()
                    .map(group -> "@" + group.getKey() + " (" + String.join(", ", group.getValue()) + ")")
                    .collect(Collectors.joining(" "));
            rows.put("groups", groupNames.isEmpty() ? "none" : groupNames);
            rows.put("roles", String.join(", ", template.roles));
            rows.put("state", String.join(", ", template.state.keySet()));
            output.pairs(rows);
        }
    }

    private static Map<String, List<String>> groups(String... namesAndRoles) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (int i = 0; i < namesAndRoles.length; i += 2) {
            groups.put(namesAndRoles[i], List.of(namesAndRoles[i + 1].split(",")));
        }
        return groups;
    }

    private static Map<String, String> state(String... keysAndTexts) {
        Map<String, String> state = new LinkedHashMap<>();
        for (int i = 0; i < keysAndTexts.length; i += 2) {
            state.put(keysAndTexts[i], keysAndTexts[i + 1]);
        }
        return state;
    }
}
