package com.claudemesh.cli.mesh;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.AccountOptions;
import com.claudemesh.cli.account.AccountSession;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code leave}: ends the membership, at the server as far as the account can, and in any case here. */
@Command(
        description = {
            "Leave a mesh: its key and invitation are deleted from this machine.",
            "Whoever is signed in leaves it at the server as well; to stay there: claudemesh delete."
        })
public final class LeaveCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Parameters(paramLabel = "<slug>", description = "joined mesh")
    private String slug = "";

    public LeaveCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        Optional<Membership> joined = services.configFile().load().membership(slug);
        boolean atServer = joined.isPresent() && leaveAtServer(joined.get(), output);
        ClientConfig remaining = LocalMeshes.forget(services, slug);
        output.document(Output.object().put("slug", slug).put("left", true).put("server", atServer));
        output.ok(
                "left " + Output.safe(slug),
                "remaining " + remaining.memberships().size());
        if (!atServer) {
            output.hint("the server still lists the member until an admin removes it");
        }
        return 0;
    }

    private boolean leaveAtServer(Membership mesh, Output output) {
        try {
            Optional<AccountSession> session = AccountSession.find(services, account, output, ApiClient.TIMEOUT);
            session.ifPresent(found -> found.api()
                    .post("/api/my/meshes/" + ApiClient.segment(mesh.meshId()) + "/leave", Output.object())
                    .orRefuse("leave at the server"));
            return session.isPresent();
        } catch (CliException refused) {
            output.warn(refused.getMessage(), refused.hint());
            return false;
        }
    }
}
