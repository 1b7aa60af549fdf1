package com.claudemesh.cli.mcp;

import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.output.RelativeTime;
import com.claudemesh.protocol.frame.Push;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.Optional;
import java.util.StringJoiner;

/** Events of the mesh as channel events. */
final class SystemEvents {
    /** Comes several times a second where somebody runs a fast clock. */
    private static final String TICK = "tick";

    private SystemEvents() {}

    /** Empty for what nobody wants to read. */
    static Optional<ChannelEvent> of(Push push, Membership mesh, Instant now) {
        String event = push.event();
        if (event == null || event.equals(TICK)) {
            return Optional.empty();
        }
        JsonNode data = push.eventData() == null ? MissingNode.getInstance() : push.eventData();
        ChannelEvent.Meta meta = new ChannelEvent.Meta()
                .put("kind", "system")
                .put("event", event)
                .put("mesh_slug", mesh.slug())
                .put("mesh_id", mesh.meshId())
                .put("eventData", data.isEmpty() ? null : data.toString());
        return Optional.of(meta.with(content(event, data, now)));
    }

    private static String content(String event, JsonNode data, Instant now) {
        String name = Output.safe(data.path("name").asText("somebody"));
        return switch (event) {
            case "peer_joined" -> "[system] Peer \"" + name + "\" joined the mesh";
            case "peer_left" -> "[system] Peer \"" + name + "\" left the mesh";
            case "peer_returned" -> returned(name, data, now);
            default -> "[system] " + Output.safe(event) + (data.isMissingNode() ? "" : ": " + data);
        };
    }

    private static String returned(String name, JsonNode data, Instant now) {
        StringBuilder text = new StringBuilder("[system] Welcome back, \"" + name + "\"! Last seen "
                + RelativeTime.ago(data.path("lastSeenAt").asText(), now) + ".");
        if (!data.path("groups").isEmpty()) {
            StringJoiner groups = new StringJoiner(", ", " Groups: ", ".");
            data.path("groups").forEach(group -> groups.add(group(group)));
            text.append(groups);
        }
        if (!data.path("summary").asText().isBlank()) {
            text.append(" Summary: ").append(Output.safe(data.path("summary").asText()));
        }
        return text.toString();
    }

    private static String group(JsonNode group) {
        String role = group.path("role").asText();
        return Output.safe(
                "@" + group.path("name").asText() + (role.isEmpty() || role.equals("null") ? "" : ":" + role));
    }
}
