package com.claudemesh.cli.config;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.output.PrettyJson;
import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** config.json on disk. Changes by several processes at once follow one another; none is lost. */
public final class ConfigFile {
    private final Path file;

    public ConfigFile(Path file) {
        this.file = file;
    }

    public Path path() {
        return file;
    }

    /**
     * The stored configuration; an empty one when there is no file yet.
     *
     * @throws CliException naming the file when it is not JSON: better than to overwrite keys
     */
    public ClientConfig load() {
        return PrivateFiles.read(file).map(this::parse).orElseGet(ClientConfig::empty);
    }

    /** Applies the change to what is stored now and stores the result, mode 0600. */
    public ClientConfig update(UnaryOperator<ClientConfig> change) {
        return FileGuard.holding(file.resolveSibling(".config.lock"), () -> {
            ClientConfig changed = change.apply(load());
            save(changed);
            return changed;
        });
    }

    /** Stores the configuration, mode 0600. */
    public void save(ClientConfig config) {
        PrivateFiles.replace(file, PrettyJson.text(config.json()) + "\n");
    }

    private ClientConfig parse(String text) {
        JsonNode root = JsonReader.read(text).orElse(null);
        if (root instanceof ObjectNode object) {
            return new ClientConfig(object);
        }
        throw new CliException(
                ExitCode.IO_ERROR,
                "config_unreadable",
                file + " is not a JSON object",
                "repair the file, or move it away and join again");
    }
}
