package com.claudemesh.cli.audit;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.io.Waiting;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.AuditVerify;
import com.claudemesh.protocol.frame.AuditVerifyResult;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code audit verify}: whether anybody has changed the record behind the server's back. */
@Command(description = "Check the hash chain of a mesh's events. Exit code 8 when it is broken.")
public final class AuditVerifyCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Option(names = "--local", description = "fetch all events and check them here, instead of believing the server")
    private boolean local;

    public AuditVerifyCommand(VerbServices services) {
        this.services = services;
    }

    /** @param brokenAt id of the first event that does not fit */
    private record Verdict(
            boolean valid, long entries, @Nullable Long brokenAt) {}

    @Override
    public Integer call() {
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        Verdict verdict;
        try (MeshConnections connections = new MeshConnections(services)) {
            verdict = local ? here(mesh, connections) : there(mesh, connections);
        }
        ObjectNode record = Output.object()
                .put("mesh", mesh.slug())
                .put("valid", verdict.valid())
                .put("entries", verdict.entries())
                .put("broken_at", verdict.brokenAt())
                .put("checked_by", local ? "client" : "server");
        output.document(output.project(record));
        if (verdict.valid()) {
            output.ok("the record is intact", verdict.entries() + " events");
            return ExitCode.SUCCESS;
        }
        output.warn(
                "the record of " + Output.safe(mesh.slug()) + " was changed: event #" + verdict.brokenAt()
                        + " does not fit",
                "compare with an earlier copy (claudemesh audit export)");
        return ExitCode.INTERNAL_ERROR;
    }

    private static Verdict there(Membership mesh, MeshConnections connections) {
        AuditVerifyResult result = connections.to(mesh).ask(new AuditVerify(), AuditVerifyResult.class);
        return new Verdict(result.valid(), result.entries(), result.brokenAt());
    }

    private static Verdict here(Membership mesh, MeshConnections connections) {
        AuditWalk walk = new AuditWalk(mesh.meshId(), connections.to(mesh), Waiting.real());
        walk.run(entry -> {});
        return new Verdict(
                walk.brokenAt().isEmpty(), walk.entries(), walk.brokenAt().orElse(null));
    }
}
