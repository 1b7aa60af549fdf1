package com.claudemesh.cli.setup;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.config.PrivateFiles;
import com.claudemesh.cli.output.PrettyJson;
import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of Claude Code that install changes. They belong to somebody else: backed up, and kept when unreadable. */
public final class ClaudeFiles {
    static final int KEPT_BACKUPS = 10;
    private static final int SETUP_FAILED = 1;
    private static final String BACKUP_PREFIX = ".claude.json.pre-claudemesh.";

    private final Path home;

    public ClaudeFiles(Path home) {
        this.home = home;
    }

    /** Holds the registered MCP servers; private. */
    Path stateFile() {
        return home.resolve(".claude.json");
    }

    Path settingsFile() {
        return home.resolve(".claude").resolve("settings.json");
    }

    Path skillsDirectory() {
        return home.resolve(".claude").resolve("skills");
    }

    private Path backupsDirectory() {
        return home.resolve(".claude").resolve("backups");
    }

    /** @throws CliException exit code 1 when the file is not a JSON object */
    public ObjectNode readState() {
        return read(stateFile());
    }

    /** @throws CliException exit code 1 when the file is not a JSON object */
    public ObjectNode readSettings() {
        return read(settingsFile());
    }

    /** Backs the old file up and writes the new one, mode 0600. */
    void writeState(ObjectNode state, Instant now) {
        backUp(now);
        PrivateFiles.replaceInPlace(target(stateFile()), PrettyJson.text(state) + "\n");
    }

    /** Writes the file and keeps its mode. */
    void writeSettings(ObjectNode settings) {
        try {
            Files.createDirectories(settingsFile().getParent());
            Path target = target(settingsFile());
            PosixFileAttributeView view = Files.getFileAttributeView(target, PosixFileAttributeView.class);
            Set<PosixFilePermission> mode =
                    view != null && Files.exists(target) ? view.readAttributes().permissions() : Set.of();
            PrivateFiles.replaceInPlace(target, PrettyJson.text(settings) + "\n");
            if (!mode.isEmpty()) {
                Files.setPosixFilePermissions(target, mode);
            }
        } catch (IOException failed) {
            throw CliException.io("can't write " + settingsFile() + ": " + failed.getMessage());
        }
    }

    private static ObjectNode read(Path file) {
        return PrivateFiles.read(file)
                .filter(text -> !text.isBlank())
                .map(text -> parse(file, text))
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }

    private static ObjectNode parse(Path file, String text) {
        return JsonReader.read(text)
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseThrow(() -> new CliException(
                        SETUP_FAILED,
                        "claude_file_unreadable",
                        file + " is not a JSON object",
                        "repair the file first"));
    }

    private void backUp(Instant now) {
        try {
            if (Files.exists(stateFile())) {
                Path backup = backupsDirectory().resolve(BACKUP_PREFIX + now.toEpochMilli());
                Files.createDirectories(backupsDirectory());
                PrivateFiles.replaceInPlace(backup, Files.readString(stateFile()));
                deleteOldBackups();
            }
        } catch (IOException failed) {
            throw CliException.io("can't back up " + stateFile() + ": " + failed.getMessage());
        }
    }

    private void deleteOldBackups() throws IOException {
        try (Stream<Path> files = Files.list(backupsDirectory())) {
            List<Path> oldest = files.filter(
                            file -> file.getFileName().toString().startsWith(BACKUP_PREFIX))
                    .sorted(Comparator.comparing(
                                    (Path file) -> file.getFileName().toString())
                            .reversed())
                    .skip(KEPT_BACKUPS)
                    .toList();
            for (Path file : oldest) {
                Files.delete(file);
            }
        }
    }

    /** A link to a file in somebody's collection of dot files stays a link. */
    private static Path target(Path file) {
        try {
            return Files.exists(file) ? file.toRealPath() : file;
        } catch (IOException failed) {
            throw CliException.io("can't resolve " + file + ": " + failed.getMessage());
        }
    }
}
