package com.claudemesh.cli.config;

import com.claudemesh.cli.output.PrettyJson;
import com.claudemesh.protocol.encoding.Hex;
import com.claudemesh.protocol.encoding.JsonReader;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names and member keys seen in each mesh, so that a name still means somebody who is offline now; and the counts that
 * the status line shows. A cache: an unreadable file is as good as an empty one.
 */
public final class PeerCache {
    static final int MAX_PEERS_PER_MESH = 1000;
    private static final String COMMAND_CHANNEL = "cli";

    private final Path file;

    public PeerCache(Path file) {
        this.file = file;
    }

    /** Somebody seen before. */
    public record KnownPeer(String name, String pubkey) {}

    /** Counts of the last look at a mesh. */
    public record Counts(int total, int online, Instant updatedAt, Optional<String> you) {}

    /** Everybody seen in the mesh, the latest first. */
    public List<KnownPeer> known(String slug) {
        List<KnownPeer> peers = new ArrayList<>();
        for (JsonNode member : load().path(slug).path("members")) {
            String pubkey = member.path("pubkey").asText();
            if (Hex.isKey(pubkey)) {
                peers.add(new KnownPeer(member.path("name").asText(), pubkey));
            }
        }
        return List.copyOf(peers);
    }

    /** Counts of the mesh; empty when nobody has looked yet. */
    public Optional<Counts> counts(String slug) {
        JsonNode entry = load().path(slug);
        if (!entry.path("updatedAt").isTextual()) {
            return Optional.empty();
        }
        return Optional.of(new Counts(
                entry.path("total").asInt(),
                entry.path("online").asInt(),
                Instant.parse(entry.path("updatedAt").textValue()),
                Optional.ofNullable(entry.path("you").textValue())));
    }

    /**
     * Remembers the peers that are online now.
     *
     * @param online name and member key of each; the same key may come twice
     */
    public void update(String slug, Collection<KnownPeer> online, String you, Instant now) {
        FileGuard.holding(file.resolveSibling(".peer-cache.lock"), () -> {
            ObjectNode root = load();
            write(root.putObject(slug), merged(slug, online), online.size(), you, now);
            PrivateFiles.replace(file, PrettyJson.text(root) + "\n");
            return root;
        });
    }

    /** Remembers who is online now, connections of commands left out. */
    public void remember(String slug, List<PeerInfo> online, String you, Instant now) {
        List<KnownPeer> seen = online.stream()
                .filter(peer -> !COMMAND_CHANNEL.equals(peer.channel()))
                .map(peer -> new KnownPeer(peer.displayName(), peer.memberPubkey()))
                .toList();
        update(slug, seen, you, now);
    }

    private Collection<KnownPeer> merged(String slug, Collection<KnownPeer> online) {
        Map<String, KnownPeer> latestFirst = new LinkedHashMap<>();
        online.forEach(peer -> latestFirst.put(peer.pubkey() + peer.name(), peer));
        known(slug).forEach(peer -> latestFirst.putIfAbsent(peer.pubkey() + peer.name(), peer));
        return latestFirst.values();
    }

    private static void write(ObjectNode entry, Collection<KnownPeer> peers, int online, String you, Instant now) {
        long total = peers.stream().map(KnownPeer::pubkey).distinct().count();
        entry.put("total", total)
                .put("online", online)
                .put("updatedAt", now.toString())
                .put("you", you);
        ArrayNode members = entry.putArray("members");
        peers.stream()
                .limit(MAX_PEERS_PER_MESH)
                .forEach(peer -> members.addObject().put("name", peer.name()).put("pubkey", peer.pubkey()));
    }

    private ObjectNode load() {
        return PrivateFiles.read(file)
                .flatMap(JsonReader::read)
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }
}
