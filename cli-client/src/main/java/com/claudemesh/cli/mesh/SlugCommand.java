package com.claudemesh.cli.mesh;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.AccountOptions;
import com.claudemesh.cli.account.AccountSession;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.output.Output;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code slug}: another short name for a mesh, at the server and here. */
@Command(description = "Change the slug of a mesh (its owner only), at the server and here.")
public final class SlugCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Parameters(index = "0", paramLabel = "<slug>", description = "what it is called now")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "<new>", description = "2 to 32 of a-z 0-9 and -")
    private String wanted = "";

    public SlugCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        MeshSlug.require(wanted);
        if (wanted.equals(slug)) {
            throw CliException.invalid("it is called " + Output.safe(slug) + " already");
        }
        requireFree(services.configFile().load());
        AccountSession session = AccountSession.require(services, account, output);
        ServerMesh mesh = ServerMesh.one(services, session, Optional.of(slug));
        session.api()
                .patch(
                        "/api/cli/meshes/" + ApiClient.segment(mesh.slug()),
                        Output.object().put("slug", wanted))
                .orRefuse("change the slug");
        LocalMeshes.rename(services, slug, wanted);
        output.document(Output.object().put("old_slug", slug).put("slug", wanted));
        output.ok(Output.safe(slug) + " → " + wanted);
        output.hint("other members keep the old slug until they run: claudemesh sync; restart running sessions here");
        return ExitCode.SUCCESS;
    }

    private void requireFree(ClientConfig config) {
        if (config.membership(wanted).isPresent()) {
            throw new CliException(
                    ExitCode.ALREADY_EXISTS,
                    "already_exists",
                    "another joined mesh is called " + wanted,
                    "choose another slug");
        }
    }
}
