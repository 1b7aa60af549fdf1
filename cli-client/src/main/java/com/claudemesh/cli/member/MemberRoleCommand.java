package com.claudemesh.cli.member;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.AccountOptions;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code member role}: makes somebody an administrator, or no longer one. */
@Command(description = "Make a member an administrator of the mesh, or no longer one.")
public final class MemberRoleCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Parameters(index = "0", paramLabel = "<member>", description = "name, id, or the beginning of the id")
    private String member = "";

    @Parameters(index = "1", paramLabel = "admin|member", description = "the new role")
    private String role = "";

    public MemberRoleCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        if (!role.equals("admin") && !role.equals("member")) {
            throw CliException.invalid("the role must be admin or member");
        }
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        MemberApi api = new MemberApi(services, account, mesh, output);
        Member meant = Member.find(member, api.list());
        Member changed = Member.of(
                api.change(meant.id(), Output.object().put("permission", role)).path("member"));
        output.document(changed.json());
        output.ok(Output.safe(meant.displayName()) + " is " + Output.safe(changed.role()) + " now");
        return ExitCode.SUCCESS;
    }
}
