package com.claudemesh.cli.member;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.AccountOptions;
import com.claudemesh.cli.account.AccountSession;
import com.claudemesh.cli.mesh.ServerMesh;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code member permissions}: what each member may do. */
@Command(description = "Show what the members of a mesh may do.")
public final class MemberPermissionsCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    public MemberPermissionsCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        AccountSession session = AccountSession.require(services, account, output);
        ServerMesh mesh = ServerMesh.one(services, session, meshOption);
        List<Rights> all = new PermissionApi(session, mesh).list();
        ArrayNode records = Output.array();
        all.forEach(rights -> records.add(rights.json()));
        output.document(output.project(records));
        output.section("permissions in " + Output.safe(mesh.slug()) + " (" + all.size() + ")");
        all.forEach(rights -> output.text("  " + line(rights, output)));
        return ExitCode.SUCCESS;
    }

    static String line(Rights rights, Output output) {
        String role = rights.owner() ? "owner" : rights.member().role();
        String may = rights.granted().isEmpty() ? "nothing" : String.join(" ", rights.granted());
        return Output.safe(rights.member().displayName()) + " "
                + output.palette().clay(Output.safe(role)) + "  "
                + output.palette().dim(may);
    }
}
