package com.claudemesh.cli.config;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.output.PrettyJson;
import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** auth.json: who is signed in here. Mode 0600. */
public final class AuthFile {
    private static final String OWNER_ONLY = "rw-------";

    private final Path written;
    private final List<Path> read;

    /**
     * @param sessionDirectory looked at first; a launched session's own
     * @param stateDirectory where a sign-in is kept, so that it outlives the session
     */
    public AuthFile(Path sessionDirectory, Path stateDirectory) {
        this.written = stateDirectory.resolve("auth.json");
        this.read = List.of(sessionDirectory.resolve("auth.json"), written);
    }

    /** The file that counts: the first that exists, else the one that a sign-in would write. */
    public Path path() {
        return read.stream().filter(Files::exists).findFirst().orElse(written);
    }

    /**
     * Who is signed in, or empty.
     *
     * @throws CliException exit code 2 when the file is damaged
     */
    public Optional<StoredLogin> load() {
        return PrivateFiles.read(path())
                .map(text -> parse(text)
                        .orElseThrow(() -> new CliException(
                                ExitCode.AUTHENTICATION_FAILED,
                                "auth_file_corrupted",
                                path() + " is damaged",
                                "sign in again: claudemesh login")));
    }

    /** As {@link #load}, but a damaged file is as good as none: for what works without an account as well. */
    public Optional<StoredLogin> readable() {
        return PrivateFiles.read(path()).flatMap(AuthFile::parse);
    }

    /** Takes rights of others away, and says whether there were any. */
    public boolean restrict() {
        Path file = path();
        boolean open =
                PrivateFiles.mode(file).filter(mode -> !mode.equals(OWNER_ONLY)).isPresent();
        if (open) {
            try {
                PrivateFiles.restrictToOwner(file);
            } catch (IOException failed) {
                throw CliException.io("can't make " + file + " private: " + failed.getMessage());
            }
        }
        return open;
    }

    public void store(StoredLogin login) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("session_token", login.token());
        root.set("user", login.user().json());
        root.put("token_source", login.source().text())
                .put("server", login.server())
                .put("stored_at", login.storedAt());
        PrivateFiles.replace(written, PrettyJson.text(root) + "\n");
    }

    /** Signs out of this machine. */
    public void delete() {
        for (Path file : read) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException failed) {
                throw CliException.io("can't delete " + file + ": " + failed.getMessage());
            }
        }
    }

    private static Optional<StoredLogin> parse(String text) {
        JsonNode root = JsonReader.read(text).orElseGet(JsonNodeFactory.instance::objectNode);
        String token = root.path("session_token").asText("");
        if (token.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new StoredLogin(
                token,
                AccountUser.of(root.path("user")),
                TokenSource.of(root.path("token_source").asText("")).orElse(TokenSource.MANUAL),
                root.path("server").asText(""),
                root.path("stored_at").asText("")));
    }
}
