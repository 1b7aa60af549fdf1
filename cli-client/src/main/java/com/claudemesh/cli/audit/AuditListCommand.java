package com.claudemesh.cli.audit;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.output.RelativeTime;
import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.frame.AuditQuery;
import com.claudemesh.protocol.frame.AuditResult;
import com.claudemesh.protocol.frame.AuditResult.Entry;
import com.claudemesh.protocol.frame.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code audit list}: what happened in a mesh, newest first. */
@Command(description = "Show what happened in a mesh, newest first.")
public final class AuditListCommand implements Callable<Integer> {
    private static final int SHOWN_PAYLOAD_CHARS = 100;

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Option(names = "--limit", paramLabel = "n", description = "at most this many, up to 500 (default: 50)")
    private long limit = Limits.DEFAULT_AUDIT_ROWS;

    @Option(names = "--offset", paramLabel = "n", description = "leave the newest n out")
    private long offset;

    @Option(names = "--type", paramLabel = "event", description = "only events like member_banned")
    private @Nullable String type;

    public AuditListCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > Limits.MAX_AUDIT_ROWS) {
            throw CliException.invalid("--limit must be between 1 and " + Limits.MAX_AUDIT_ROWS);
        }
        if (offset < 0) {
            throw CliException.invalid("--offset must not be negative");
        }
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        try (MeshConnections connections = new MeshConnections(services)) {
            AuditResult result = connections.to(mesh).ask(new AuditQuery(limit, offset, type), AuditResult.class);
            output.document(output.project(Json.mapper().valueToTree(result.entries())));
            output.section("events of " + Output.safe(mesh.slug()) + " ("
                    + result.entries().size() + " of " + result.total() + ")");
            result.entries().forEach(entry -> output.text("  " + line(entry, output)));
        }
        return ExitCode.SUCCESS;
    }

    private String line(Entry entry, Output output) {
        String payload = Output.safe(entry.payload().toString());
        String shown =
                payload.length() > SHOWN_PAYLOAD_CHARS ? payload.substring(0, SHOWN_PAYLOAD_CHARS) + "…" : payload;
        return output.palette().dim("#" + entry.id()) + " " + output.palette().bold(Output.safe(entry.eventType()))
                + " " + Output.safe(entry.actor()) + " "
                + output.palette()
                        .dim(RelativeTime.ago(
                                        entry.createdAt(),
                                        services.host().clock().instant())
                                + " " + shown);
    }
}
