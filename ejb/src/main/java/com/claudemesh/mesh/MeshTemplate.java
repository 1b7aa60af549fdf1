package com.claudemesh.mesh;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a mesh can start with. It is kept in the settings of the mesh, from where sessions offer and seed it. */
public enum MeshTemplate {
    DEV_TEAM(
            "dev-team",
            "part of a software team",
            List.of(new Group("eng", List.of("lead", "member")), new Group("qa", List.of("lead", "member"))),
            List.of("dev", "qa", "lead", "devops"),
            List.of(new StateKey("sprint", "current sprint name"), new StateKey("board_url", "task board URL"))),
    RESEARCH(
            "research",
            "part of a research team",
            List.of(new Group("analysis", List.of("lead", "analyst"))),
            List.of("researcher", "analyst", "reviewer"),
            List.of(new StateKey("topic", "research topic"), new StateKey("deadline", "due date"))),
    OPS_INCIDENT(
            "ops-incident",
            "incident response team",
            List.of(new Group("oncall", List.of("ic", "observer"))),
            List.of("ic", "oncall", "observer", "comms"),
            List.of(new StateKey("severity", "incident severity"), new StateKey("status", "current status"))),
    SIMULATION(
            "simulation",
            "agent in a simulation",
            List.of(new Group("actors", List.of("agent", "observer"))),
            List.of("agent", "observer", "narrator"),
            List.of(new StateKey("scenario", "simulation scenario"), new StateKey("turn", "current turn"))),
    PERSONAL(
            "personal",
            "personal assistant",
            List.of(),
            List.of("assistant", "researcher"),
            List.of(new StateKey("focus", "current focus")));

    /** A group that sessions may join, and the roles in it. */
    public record Group(String name, List<String> roles) {}

    /** A state key and what its value means. */
    public record StateKey(String key, String description) {}

    private final String wire;
    private final String promptHint;
    private final List<Group> groups;
    private final List<String> roles;
    private final List<StateKey> stateKeys;

    MeshTemplate(String wire, String promptHint, List<Group> groups, List<String> roles, List<StateKey> stateKeys) {
        this.wire = wire;
        this.promptHint = promptHint;
        this.groups = groups;
        this.roles = roles;
        this.stateKeys = stateKeys;
    }

    public String wire() {
        return wire;
    }

    public static Optional<MeshTemplate> fromWire(String text) {
        return Arrays.stream(values()).filter(one -> one.wire.equals(text)).findFirst();
    }

    /** All names, for error messages. */
    public static String names() {
        return Arrays.stream(values()).map(MeshTemplate::wire).collect(Collectors.joining(", "));
    }

    /** What a mesh of this template keeps. */
    public MeshSettings settings(@Nullable String description) {
        return new MeshSettings(description, wire, promptHint, groups, roles, stateKeys);
    }
}
