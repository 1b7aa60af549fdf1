package com.claudemesh.cli.peer;

import com.claudemesh.cli.Host;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.output.Palette;
import com.claudemesh.protocol.frame.Grant;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The live peers of one mesh, this session first, then one's other sessions, then everybody else.
 *
 * @param grants by member key, of those who may do something else than everybody
 */
record PeerTable(Membership mesh, List<PeerInfo> peers, String ownSessionId, Map<String, List<Grant>> grants) {
    static final String COMMAND_CHANNEL = "cli";
    private static final String CONTROL_PLANE = "control-plane";
    private static final int SHOWN_KEY_CHARS = 16;

    static PeerTable of(
            Membership mesh, List<PeerInfo> online, Host host, boolean all, Map<String, List<Grant>> grants) {
        String ownSessionId = host.variable("CLAUDEMESH_SESSION_ID").orElse("");
        PeerTable unsorted = new PeerTable(mesh, List.of(), ownSessionId, grants);
        List<PeerInfo> shown = online.stream()
                .filter(peer ->
                        all || !COMMAND_CHANNEL.equals(peer.channel()) && !CONTROL_PLANE.equals(peer.peerRole()))
                .sorted((one, other) -> Integer.compare(unsorted.rank(one), unsorted.rank(other)))
                .toList();
        return new PeerTable(mesh, shown, ownSessionId, grants);
    }

    ArrayNode records() {
        ArrayNode records = Output.array();
        for (PeerInfo peer : peers) {
            ObjectNode record = Json.tree(peer);
            records.add(record.put("isSelf", isSelf(peer)).put("isThisSession", isThisSession(peer)));
        }
        return records;
    }

    void show(Output output) {
        output.section("peers on " + Output.safe(mesh.slug()) + " (" + peers.size() + ")");
        if (peers.isEmpty()) {
            output.text("  (no peers connected)");
        }
        peers.forEach(peer -> show(peer, output));
    }

    private void show(PeerInfo peer, Output output) {
        Palette palette = output.palette();
        String summary = peer.summary() == null || peer.summary().isBlank() ? "" : "  — " + Output.safe(peer.summary());
        output.text("  " + dot(peer.status(), palette) + " " + palette.bold(Output.safe(peer.displayName()))
                + groups(peer) + palette.dim(kind(peer)) + " · "
                + palette.dim(peer.pubkey()
                                .substring(
                                        0,
                                        Math.min(SHOWN_KEY_CHARS, peer.pubkey().length())) + "…")
                + mine(peer) + granted(peer) + summary);
        if (!peer.cwd().isEmpty()) {
            output.text("    " + palette.dim("cwd: " + Output.safe(peer.cwd())));
        }
    }

    private static String dot(String status, Palette palette) {
        return switch (status) {
            case "working" -> palette.yellow("●");
            case "dnd" -> palette.red("●");
            case "idle" -> palette.green("●");
            default -> palette.dim("○");
        };
    }

    private static String groups(PeerInfo peer) {
        if (peer.groups().isEmpty()) {
            return "";
        }
        return peer.groups().stream().map(PeerTable::group).collect(Collectors.joining(", ", " [", "]"));
    }

    private static String group(GroupLabel group) {
        return "@" + Output.safe(group.role() == null ? group.name() : group.name() + ":" + group.role());
    }

    private static String kind(PeerInfo peer) {
        String kind = Stream.of(peer.peerType(), peer.channel(), peer.model())
                .flatMap(value -> Optional.ofNullable(value).stream())
                .filter(value -> !value.isBlank())
                .collect(Collectors.joining(", "));
        return kind.isEmpty() ? "" : " (" + Output.safe(kind) + ")";
    }

    private String granted(PeerInfo peer) {
        List<Grant> capabilities = grants.get(peer.memberPubkey());
        if (capabilities == null) {
            return "";
        }
        String names = capabilities.stream().map(Grant::wire).collect(Collectors.joining(" "));
        return " [grants: " + (names.isEmpty() ? "none" : names) + "]";
    }

    private String mine(PeerInfo peer) {
        if (isThisSession(peer)) {
            return " (this session)";
        }
        return isSelf(peer) ? " (your other session)" : "";
    }

    private int rank(PeerInfo peer) {
        if (isThisSession(peer)) {
            return 0;
        }
        return isSelf(peer) ? 1 : 2;
    }

    private boolean isSelf(PeerInfo peer) {
        return peer.memberPubkey().equals(mesh.pubkey());
    }

    private boolean isThisSession(PeerInfo peer) {
        return !ownSessionId.isEmpty() && peer.sessionId().equals(ownSessionId);
    }
}
