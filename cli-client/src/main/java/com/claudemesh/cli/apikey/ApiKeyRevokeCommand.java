package com.claudemesh.cli.apikey;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.ApiKeyRevoke;
import com.claudemesh.protocol.frame.ApiKeyRevokeResponse;
import com.claudemesh.protocol.frame.InvalidFieldException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code apikey revoke}: ends a key at once. */
@Command(description = "End a key of the REST interface.")
public final class ApiKeyRevokeCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Parameters(paramLabel = "<id>", description = "its id, or the first 6 or more characters")
    private String id = "";

    public ApiKeyRevokeCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        ApiKeyRevoke request = request();
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        try (MeshConnections connections = new MeshConnections(services)) {
            String revoked = revoked(connections.to(mesh).ask(request, ApiKeyRevokeResponse.class));
            output.acknowledge(Output.object().put("revoked", revoked));
            output.ok("revoked " + Output.safe(revoked));
        }
        return ExitCode.SUCCESS;
    }

    private ApiKeyRevoke request() {
        try {
            return new ApiKeyRevoke(id);
        } catch (InvalidFieldException malformed) {
            throw CliException.invalid(malformed.getMessage(), "claudemesh apikey list");
        }
    }

    private String revoked(ApiKeyRevokeResponse answer) {
        if (answer.id() != null && answer.status().equals("revoked")) {
            return answer.id();
        }
        if (answer.status().equals("not_unique")) {
            throw new CliException(
                    ExitCode.INVALID_ARGUMENTS,
                    "not_unique",
                    answer.matches() + " keys begin with \"" + Output.safe(id) + "\"",
                    "give more of the id: claudemesh apikey list");
        }
        throw CliException.notFound(
                "not_found", "no key begins with \"" + Output.safe(id) + "\"", "claudemesh apikey list");
    }
}
