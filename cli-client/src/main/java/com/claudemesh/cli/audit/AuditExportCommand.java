package com.claudemesh.cli.audit;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.PrivateFiles;
import com.claudemesh.cli.io.Waiting;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code audit export}: the whole record as JSON Lines, oldest event first, checked on the way. */
@Command(
        description = {
            "Write all events of a mesh as JSON Lines, oldest first, with their hashes.",
            "The chain is checked on the way: exit code 8 when it is broken."
        })
public final class AuditExportCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Option(names = "--out", paramLabel = "file", description = "a new file, readable by you only (default: print)")
    private @Nullable Path file;

    public AuditExportCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        AuditWalk walk;
        try (MeshConnections connections = new MeshConnections(services)) {
            walk = new AuditWalk(mesh.meshId(), connections.to(mesh), Waiting.real());
            export(walk);
        }
        if (file != null) {
            output.document(Output.object()
                    .put("mesh", mesh.slug())
                    .put("file", file.toString())
                    .put("entries", walk.entries())
                    .put("valid", walk.brokenAt().isEmpty())
                    .put("broken_at", walk.brokenAt().orElse(null)));
            output.ok("wrote " + walk.entries() + " events", file.toString());
        }
        walk.brokenAt()
                .ifPresent(id -> output.warn(
                        "the record was changed: event #" + id + " does not fit",
                        "everything was written all the same"));
        return walk.brokenAt().isEmpty() ? ExitCode.SUCCESS : ExitCode.INTERNAL_ERROR;
    }

    private void export(AuditWalk walk) {
        if (file == null) {
            write(walk, services.host().out());
            return;
        }
        try (PrintStream lines = new PrintStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), false, StandardCharsets.UTF_8)) {
            PrivateFiles.restrictToOwner(file);
            write(walk, lines);
        } catch (FileAlreadyExistsException exists) {
            throw new CliException(
                    ExitCode.ALREADY_EXISTS, "already_exists", file + " exists already", "choose another file");
        } catch (IOException failed) {
            throw CliException.io("can't write " + file + ": " + failed.getMessage());
        }
    }

    /** A full disk, or a reader that has gone away, must not look like a complete record. */
    private static void write(AuditWalk walk, PrintStream lines) {
        walk.run(entry -> {
            lines.println(Json.mapper().valueToTree(entry).toString());
            if (lines.checkError()) {
                throw CliException.io("the events could not be written");
            }
        });
    }
}
