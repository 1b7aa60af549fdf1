package com.claudemesh.cli.config;

import com.claudemesh.cli.Host;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the command's files are.
 *
 * @param configDirectory holds config.json; a launched session has its own
 * @param stateDirectory holds what must outlive a launched session: inbox, peer cache, locks, last used mesh
 */
public record ConfigHome(Path configDirectory, Path stateDirectory) {
    public static final String CONFIG_VARIABLE = "CLAUDEMESH_CONFIG_DIR";
    public static final String STATE_VARIABLE = "CLAUDEMESH_STATE_DIR";

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

    public Path peerCacheFile() {
        return stateDirectory.resolve("peer-cache.json");
    }

    public Path lastUsedFile() {
        return stateDirectory.resolve("last-used.json");
    }

    /** Locked by the process that receives the mesh's messages. */
    public Path receiverLock(String slug) {
        return stateDirectory.resolve("run").resolve(fileName(slug) + ".lock");
    }

    /** A slug comes from an invite, that is from somebody else: nothing of it may leave the directory. */
    private static String fileName(String slug) {
        String safe = slug.replaceAll("[^A-Za-z0-9_-]", "_");
        return safe.isEmpty() ? "_" : safe;
    }
}
