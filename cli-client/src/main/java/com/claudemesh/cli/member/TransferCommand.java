package com.claudemesh.cli.member;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.AccountOptions;
import com.claudemesh.cli.account.AccountSession;
import com.claudemesh.cli.api.ApiAnswer;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.io.Prompt;
import com.claudemesh.cli.mesh.ServerMesh;
import com.claudemesh.cli.output.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code member transfer}: hands the mesh over to another person. */
@Command(
        description = {
            "Hand a mesh over to another member, who must have an account. Only its owner can, and only the new owner",
            "can hand it back. Without a terminal, confirm with -y."
        })
public final class TransferCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Parameters(paramLabel = "<member>", description = "name, id, or the beginning of the id")
    private String member = "";

    public TransferCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        AccountSession session = AccountSession.require(services, account, output);
        ServerMesh mesh = ServerMesh.one(services, session, meshOption);
        Member meant = Member.find(
                member,
                new PermissionApi(session, mesh)
                        .list().stream().map(Rights::member).toList());
        confirm(mesh, meant);
        ApiAnswer answer = session.api()
                .post(
                        "/api/my/meshes/" + ApiClient.segment(mesh.id()) + "/transfer",
                        Output.object().put("memberId", meant.id()));
        if (answer.status() == 400 && answer.error().startsWith("Mesh not found")) {
            throw new CliException(
                    ExitCode.PERMISSION_DENIED,
                    "forbidden",
                    "only the owner can hand " + Output.safe(mesh.slug()) + " over",
                    "claudemesh member permissions shows who that is");
        }
        answer.orRefuse("hand the mesh over");
        output.acknowledge(Output.object().put("mesh", mesh.slug()).put("owner", meant.id()));
        output.ok(Output.safe(meant.displayName()) + " owns " + Output.safe(mesh.slug()) + " now");
        return ExitCode.SUCCESS;
    }

    private void confirm(ServerMesh mesh, Member meant) {
        if (globals.yes()) {
            return;
        }
        if (!services.host().interactive()) {
            throw CliException.invalid(
                    "only the new owner can undo this, and nobody can be asked",
                    "confirm: claudemesh member transfer " + Output.safe(member) + " -y");
        }
        String typed = new Prompt(services.host())
                .ask("Type the slug to hand " + Output.safe(mesh.slug()) + " over to "
                        + Output.safe(meant.displayName()) + ":");
        if (!typed.equals(mesh.slug())) {
            throw new CliException(ExitCode.CANCELLED, "cancelled", "nothing was changed", "");
        }
    }
}
