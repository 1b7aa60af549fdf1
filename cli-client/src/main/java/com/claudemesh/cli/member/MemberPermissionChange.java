package com.claudemesh.cli.member;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.AccountOptions;
import com.claudemesh.cli.account.AccountSession;
import com.claudemesh.cli.mesh.ServerMesh;
import com.claudemesh.cli.output.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code member allow} and {@code member deny}: change what one member may do. */
@Command(
        description = {
            "Change what one member of a mesh may do.",
            "Permissions: canInvite canDeployMcp canManageFiles canManageVault canManageWatches canManageWebhooks "
                    + "canWriteState canSend canUseTools canDeleteMesh canManagePermissions; \"can\" may be left out."
        })
public final class MemberPermissionChange implements Callable<Integer> {
    private final VerbServices services;
    private final boolean granted;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Parameters(index = "0", paramLabel = "<member>", description = "name, id, or the beginning of the id")
    private String member = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "<permission>", description = "like canInvite")
    private List<String> typed = new ArrayList<>();

    private MemberPermissionChange(VerbServices services, boolean granted) {
        this.services = services;
        this.granted = granted;
    }

    public static MemberPermissionChange allow(VerbServices services) {
        return new MemberPermissionChange(services, true);
    }

    public static MemberPermissionChange deny(VerbServices services) {
        return new MemberPermissionChange(services, false);
    }

    @Override
    public Integer call() {
        List<String> flags = typed.stream().map(PermissionApi::flag).distinct().toList();
        Output output = services.output(globals);
        AccountSession session = AccountSession.require(services, account, output);
        ServerMesh mesh = ServerMesh.one(services, session, meshOption);
        PermissionApi api = new PermissionApi(session, mesh);
        Member meant =
                Member.find(member, api.list().stream().map(Rights::member).toList());
        api.change(meant.id(), flags, granted);
        Rights now = api.list().stream()
                .filter(rights -> rights.member().id().equals(meant.id()))
                .findFirst()
                .orElseThrow();
        output.document(now.json());
        output.ok(MemberPermissionsCommand.line(now, output));
        return ExitCode.SUCCESS;
    }
}
