package com.claudemesh.cli.mesh;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.AccountOptions;
import com.claudemesh.cli.account.AccountSession;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.output.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rename}: another name for a mesh; its slug stays, see {@code slug}. */
@Command(description = "Give a mesh another name (its owner only). The slug stays: see claudemesh slug.")
public final class RenameCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Parameters(index = "0", paramLabel = "<slug>", description = "which mesh")
    private String slug = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "<name>", description = "its new name")
    private List<String> words = new ArrayList<>();

    public RenameCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        String name = String.join(" ", words).strip();
        if (name.isEmpty()) {
            throw CliException.invalid("a mesh needs a name", "claudemesh rename " + Output.safe(slug) + " <name>");
        }
        AccountSession session = AccountSession.require(services, account, output);
        ServerMesh mesh = ServerMesh.one(services, session, Optional.of(slug));
        session.api()
                .patch(
                        "/api/my/meshes/" + ApiClient.segment(mesh.slug()),
                        Output.object().put("name", name))
                .orRefuse("rename the mesh");
        services.configFile()
                .update(config -> config.membership(slug)
                        .map(joined -> config.replacing(slug, joined.called(slug, name)))
                        .orElse(config));
        output.document(Output.object().put("slug", slug).put("name", name));
        output.ok(Output.safe(slug) + " is called " + Output.safe(name) + " now");
        return ExitCode.SUCCESS;
    }
}
