package com.claudemesh.cli.mcp;

import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import com.claudemesh.sdk.IncomingMessage;
import com.claudemesh.sdk.StoredMessage;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.stream.Collectors;

/** The first event of a session in a mesh: who it is, who is there, what waits. */
final class Welcome {
    private static final int MAX_NAMES = 5;
    private static final int MAX_PREVIEWS = 3;
    private static final int MAX_PREVIEW_CHARS = 80;
    private static final int SHOWN_KEY_CHARS = 8;
    private static final String COMMAND_CHANNEL = "cli";
    private static final String SESSION_ROLE = "session";

    private Welcome() {}

    /**
     * @param peers as the server lists them, this session included
     * @param unread oldest first
     */
    static ChannelEvent of(
            Membership mesh, Participant who, String ownKey, List<PeerInfo> peers, List<StoredMessage> unread) {
        List<PeerInfo> others =
                peers.stream().filter(peer -> isColleague(peer, who)).toList();
        List<String> names = others.stream()
                .map(peer -> Output.safe(peer.displayName()))
                .distinct()
                .toList();
        return new ChannelEvent.Meta()
                .put("kind", "welcome")
                .put("mesh_slug", mesh.slug())
                .put("mesh_id", mesh.meshId())
                .put("self_display_name", who.displayName())
                .put("self_session_pubkey", ownKey)
                .put("self_role", who.role().orElse(null))
                .put("peer_count", Integer.toString(others.size()))
                .put(
                        "peer_names",
                        array(names.stream().limit(MAX_NAMES).toList()).toString())
                .put("unread_count", Integer.toString(unread.size()))
                .put(
                        "latest_message_ids",
                        array(newest(unread).stream()
                                        .map(IncomingMessage::messageId)
                                        .toList())
                                .toString())
                .with(content(mesh, who, ownKey, others.size(), names, unread));
    }

    private static String content(
            Membership mesh,
            Participant who,
            String ownKey,
            int peerCount,
            List<String> names,
            List<StoredMessage> unread) {
        StringBuilder text = new StringBuilder("[system] Connected as " + Output.safe(who.displayName()) + " ("
                + ownKey.substring(0, SHOWN_KEY_CHARS)
                + who.role().map(role -> ", " + Output.safe(role)).orElse("") + ") to mesh "
                + Output.safe(mesh.slug()) + ". " + peerCount + " peer(s) online"
                + (names.isEmpty() ? "." : ": " + shown(names) + "."));
        if (!unread.isEmpty()) {
            text.append("\n").append(unread.size()).append(" unread message(s):");
            newest(unread).forEach(message -> text.append("\n- ").append(preview(message)));
        }
        return text + "\nTo answer: claudemesh send <name> <message>. Who is there: claudemesh peers."
                + " Unread messages: claudemesh inbox --unread. No reply to this notice is needed.";
    }

    private static boolean isColleague(PeerInfo peer, Participant who) {
        return !peer.sessionId().equals(who.sessionId())
                && !COMMAND_CHANNEL.equals(peer.channel())
                && (peer.peerRole() == null || SESSION_ROLE.equals(peer.peerRole()));
    }

    private static String shown(List<String> names) {
        String first = names.stream().limit(MAX_NAMES).collect(Collectors.joining(", "));
        return names.size() > MAX_NAMES ? first + ", …" : first;
    }

    private static List<IncomingMessage> newest(List<StoredMessage> unread) {
        return unread.subList(Math.max(0, unread.size() - MAX_PREVIEWS), unread.size()).stream()
                .map(StoredMessage::message)
                .toList();
    }

    private static String preview(IncomingMessage message) {
        String text = Output.safe(message.text() == null ? "[could not be decrypted]" : message.text());
        String sender = message.senderName() == null
                ? message.senderPublicKey().substring(0, SHOWN_KEY_CHARS) + "…"
                : Output.safe(message.senderName());
        return sender + ": " + (text.length() <= MAX_PREVIEW_CHARS ? text : text.substring(0, MAX_PREVIEW_CHARS) + "…");
    }

    private static ArrayNode array(List<String> texts) {
        return Json.mapper().valueToTree(texts);
    }
}
