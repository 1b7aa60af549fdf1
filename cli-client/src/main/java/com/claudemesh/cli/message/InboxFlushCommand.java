package com.claudemesh.cli.message;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.addressing.MeshSelection;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.claudemesh.sdk.StoredMessage;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inbox flush}: deletes many received messages from this machine. */
@Command(description = "Delete received messages from this machine: say which, or --all.")
public final class InboxFlushCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Option(
            names = "--before",
            paramLabel = "time",
            description = "only what came before, like 2026-01-31 or 2026-01-31T12:00:00Z")
    private @Nullable String before;

    @Option(names = "--all", description = "everything")
    private boolean all;

    public InboxFlushCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        if (before == null && meshOption.slug().isEmpty() && !all) {
            throw CliException.invalid("which messages?", "--mesh <slug>, --before <time> or --all");
        }
        Optional<Instant> until = Optional.ofNullable(before).map(InboxFlushCommand::instant);
        Output output = services.output(globals);
        List<Membership> meshes = new MeshSelection(services.configFile().load().memberships()).all(meshOption.slug());
        int removed = 0;
        try {
            for (Membership mesh : meshes) {
                removed += services.inbox()
                        .remove(
                                mesh.meshId(),
                                stored -> until.map(time -> older(stored, time)).orElse(true));
            }
        } catch (IOException failed) {
            throw CliException.io("can't change the inbox: " + failed.getMessage());
        }
        output.acknowledge(Output.object().put("ok", true).put("removed", removed));
        output.ok("deleted " + removed + (removed == 1 ? " message" : " messages"));
        return ExitCode.SUCCESS;
    }

    private static boolean older(StoredMessage stored, Instant time) {
        try {
            return Instant.parse(stored.message().receivedAt()).isBefore(time);
        } catch (DateTimeException unknown) {
            return false;
        }
    }

    private static Instant instant(String text) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException malformed) {
            throw CliException.invalid("--before must be a time like 2026-01-31 or 2026-01-31T12:00:00Z");
        }
    }
}
