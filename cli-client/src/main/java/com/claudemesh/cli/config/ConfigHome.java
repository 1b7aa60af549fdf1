package com.claudemesh.cli.config;

import com.claudemesh.cli.Host;
import com.claudemesh.protocol.crypto.primitive.Digests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the command's files are.
 *
 * @param configDirectory holds config.json; a launched session has its own
 * @param stateDirectory holds what must outlive a launched session: inbox, peer cache, locks, last used mesh
 */
public record ConfigHome(Path configDirectory, Path stateDirectory) {
    public static final String CONFIG_VARIABLE = "CLAUDEMESH_CONFIG_DIR";
    public static final String STATE_VARIABLE = "CLAUDEMESH_STATE_DIR";
    private static final int SHORT_HASH_CHARS = 12;

    /**
     * {@code CLAUDEMESH_CONFIG_DIR} moves everything, except in a launched session, which also sets {@code
     * CLAUDEMESH_STATE_DIR}. A session directory that its launcher has removed already counts as not set.
     */
    public static ConfigHome of(Host host) {
        Path standard = host.home().resolve(".claudemesh");
        Path state = host.variable(STATE_VARIABLE)
                .or(() -> host.variable(CONFIG_VARIABLE))
                .map(Path::of)
                .orElse(standard);
        Path config = host.variable(CONFIG_VARIABLE).map(Path::of).orElse(state);
        boolean session = host.variable(STATE_VARIABLE).isPresent();
        if (session && !Files.isDirectory(config)) {
            return new ConfigHome(state, state);
        }
        return new ConfigHome(config, state);
    }

    public Path configFile() {
        return configDirectory.resolve("config.json");
    }

    public Path inviteFile(String slug) {
        return configDirectory.resolve("invite-" + fileName(slug) + ".txt");
    }

    public Path inboxDirectory() {
        return stateDirectory.resolve("inbox");
    }

    /** Keys of topics; as secret as the member keys. */
    public Path topicKeyDirectory() {
        return stateDirectory.resolve("topic-keys");
    }

    /** Posts of topics that were read or written here, for searching what the server can't read. */
    public Path topicHistoryDirectory() {
        return stateDirectory.resolve("topic-history");
    }

    public Path peerCacheFile() {
        return stateDirectory.resolve("peer-cache.json");
    }

    public Path grantsFile() {
        return stateDirectory.resolve("grants.json");
    }

    public Path lastUsedFile() {
        return stateDirectory.resolve("last-used.json");
    }

    /** Locked by every process that receives the mesh's messages. */
    public Path receiverLock(String slug) {
        return stateDirectory.resolve("run").resolve(fileName(slug) + ".lock");
    }

    /**
     * Local sockets of running {@code mcp} processes: that of the session, if there is one, before that of whichever
     * process came last.
     */
    public List<Path> bridgeSockets(String slug, Optional<String> sessionId) {
        Path directory = stateDirectory.resolve("sockets");
        Path shared = directory.resolve(fileName(slug) + ".sock");
        return sessionId
                .map(id -> List.of(directory.resolve(fileName(slug) + "." + shortHash(id) + ".sock"), shared))
                .orElse(List.of(shared));
    }

    /** A session id may be longer than what is left of the about 100 bytes that a socket's path can have. */
    private static String shortHash(String sessionId) {
        return Digests.sha256Hex(sessionId).substring(0, SHORT_HASH_CHARS);
    }

    /** A slug comes from an invite, that is from somebody else: nothing of it may leave the directory. */
    private static String fileName(String slug) {
        String safe = slug.replaceAll("[^A-Za-z0-9_-]", "_");
        return safe.isEmpty() ? "_" : safe;
    }
}
